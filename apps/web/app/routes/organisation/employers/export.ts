import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { knownOf, ownerships, unitClasses } from '../unions/union.ts'
import { employerStates, toListing, type Employer } from './employer.ts'

const pageSize = 200

/** `GET /organisation/employers/export.csv` and `.xlsx`: every employer that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const listing = toListing(readTableQuery(new URL(args.request.url).searchParams, 'employers'))
  const rows = await ask(args, async (api) => {
    const gathered: Employer[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.employers.listEmployers({ ...listing, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'employers.title'),
    [
      { title: translate(locale, 'employers.name'), value: ({ name }) => name },
      { title: translate(locale, 'employers.creditCode'), value: ({ creditCode }) => creditCode },
      { title: translate(locale, 'unions.headcount'), value: ({ headcount }) => headcount },
      {
        title: translate(locale, 'employers.union'),
        value: ({ isUnionised }) => translate(locale, isUnionised ? 'employers.union.with' : 'employers.union.without'),
      },
      {
        title: translate(locale, 'unions.ownership'),
        value: ({ ownership }) => {
          const known = knownOf(ownerships, ownership)
          return known === null ? ownership : translate(locale, `unions.ownership.${known}`)
        },
      },
      {
        title: translate(locale, 'unions.unitClass'),
        value: ({ unitClass }) => {
          const known = knownOf(unitClasses, unitClass)
          return known === null ? unitClass : translate(locale, `unions.unitClass.${known}`)
        },
      },
      { title: translate(locale, 'employers.park'), value: ({ park }) => park },
      {
        title: translate(locale, 'employers.state'),
        value: ({ status }) => {
          const known = knownOf(employerStates, status)
          return known === null ? status : translate(locale, `employers.state.${known}`)
        },
      },
    ],
    rows,
  )
}
