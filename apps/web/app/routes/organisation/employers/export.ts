import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readBody } from '../../../body-filter.tsx'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { knownOf, ownerships, unitClasses } from '../unions/union.ts'
import { employerStates, toListing } from './employer.ts'

/** `GET /organisation/employers/export.csv` and `.xlsx`: every employer that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { searchParams } = new URL(args.request.url)
  const listing = { ...toListing(readTableQuery(searchParams, 'employers')), ...readBody(searchParams) }
  const rows = await ask(args, (api) => readEveryPage((part) => api.employers.listEmployers({ ...listing, ...part })))
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
      { title: translate(locale, 'unions.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
