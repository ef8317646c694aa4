import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readBody } from '../../../body-filter.tsx'
import { sendTable } from '../../../table-file.ts'

/** `GET /organisation/cadres/chairs/export.csv` and `.xlsx`: new chairs who are not trained yet, after a fresh proof. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const body = readBody(new URL(args.request.url).searchParams)
  const rows = await ask(args, (api) => api.cadres.exportUntrainedChairs(body))
  return sendTable(
    args,
    translate(locale, 'cadres.untrained'),
    [
      { title: translate(locale, 'cadres.name'), value: ({ name }) => name },
      { title: translate(locale, 'cadres.place'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      { title: translate(locale, 'cadres.from'), value: ({ validFrom }) => validFrom },
      { title: translate(locale, 'cadres.untrained.due'), value: ({ dueOn }) => dueOn },
      {
        title: translate(locale, 'cadres.untrained.overdue'),
        value: ({ isOverdue }) => translate(locale, isOverdue ? 'cadres.yes' : 'cadres.no'),
      },
      { title: translate(locale, 'registers.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
