import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readBody } from '../../../body-filter.tsx'
import { sendTable } from '../../../table-file.ts'
import type { UntrainedChairs } from '../cadres/cadre.ts'

const pageSize = 200

/** `GET /organisation/cadres/chairs/export.csv` and `.xlsx`: new chairs who are not trained yet. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const body = readBody(new URL(args.request.url).searchParams)
  const rows = await ask(args, async (api) => {
    const gathered: UntrainedChairs['rows'][number][] = []
    for (let page = 1; ; page += 1) {
      const part = await api.cadres.listUntrainedChairs({ ...body, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
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
