import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { toOfficers } from './cadre.ts'

/** `GET /organisation/cadres/export.csv` and `.xlsx`: every post that search and filters leave, after a fresh proof. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { searchParams } = new URL(args.request.url)
  const listing = toOfficers(readTableQuery(searchParams, 'officers'), searchParams)
  const rows = await ask(args, (api) => api.cadres.exportOfficers(listing))
  return sendTable(
    args,
    translate(locale, 'cadres.title'),
    [
      { title: translate(locale, 'cadres.name'), value: ({ name }) => name },
      { title: translate(locale, 'cadres.post'), value: ({ post }) => translate(locale, `cadres.post.${post}`) },
      { title: translate(locale, 'cadres.place'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      {
        title: translate(locale, 'cadres.engagement'),
        value: ({ engagement }) => translate(locale, `cadres.engagement.${engagement}`),
      },
      { title: translate(locale, 'cadres.rank'), value: ({ rank }) => translate(locale, `cadres.rank.${rank}`) },
      { title: translate(locale, 'cadres.concurrent'), value: ({ concurrentPost }) => concurrentPost },
      {
        title: translate(locale, 'cadres.appointedBy'),
        value: ({ appointedBy }) => translate(locale, `cadres.appointedBy.${appointedBy}`),
      },
      { title: translate(locale, 'cadres.from'), value: ({ validFrom }) => validFrom },
      { title: translate(locale, 'cadres.to'), value: ({ validTo }) => validTo },
      { title: translate(locale, 'registers.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
