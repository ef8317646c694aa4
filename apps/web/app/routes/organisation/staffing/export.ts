import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { selectTableRows } from '../../../table-export.ts'
import { sendTable } from '../../../table-file.ts'
import { countShort, toTownships } from './staffing.ts'

/** `GET /organisation/cadres/staffing/export.csv` and `.xlsx`: how the township federations are staffed. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { searchParams } = new URL(args.request.url)
  const townships = await ask(args, (api) =>
    api.unions.listStaffing(toTownships(readTableQuery(searchParams, 'townships'))),
  )
  const rows = selectTableRows(
    townships,
    [
      { key: 'name', value: ({ name }) => name },
      { key: 'chairs', value: ({ chairs }) => chairs },
      { key: 'party', value: ({ chairIsPartyCommittee }) => (chairIsPartyCommittee ? 'yes' : 'no') },
      { key: 'fullTime', value: ({ fullTimeVices }) => fullTimeVices },
      { key: 'partTime', value: ({ partTimeVices }) => partTimeVices },
      { key: 'posts', value: ({ institutionPosts }) => institutionPosts },
      { key: 'short', value: (row) => (countShort(row) > 0 ? 'yes' : 'no') },
    ],
    searchParams,
    'townships',
  )
  return sendTable(
    args,
    translate(locale, 'cadres.townships'),
    [
      { title: translate(locale, 'cadres.townships.name'), value: ({ name }) => name },
      { title: translate(locale, 'cadres.post.chair'), value: ({ chairs }) => chairs },
      {
        title: translate(locale, 'cadres.townships.party'),
        value: ({ chairIsPartyCommittee }) => translate(locale, chairIsPartyCommittee ? 'cadres.yes' : 'cadres.no'),
      },
      { title: translate(locale, 'cadres.townships.fullTimeVices'), value: ({ fullTimeVices }) => fullTimeVices },
      { title: translate(locale, 'cadres.townships.partTimeVices'), value: ({ partTimeVices }) => partTimeVices },
      { title: translate(locale, 'cadres.townships.posts'), value: ({ institutionPosts }) => institutionPosts },
      { title: translate(locale, 'cadres.townships.lacking'), value: countShort },
    ],
    rows,
  )
}
