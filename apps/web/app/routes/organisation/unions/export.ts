import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readBody } from '../../../body-filter.tsx'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { kinds, knownOf, ownerships, states, toListing, unitClasses } from './union.ts'

/** `GET /organisation/unions/export.csv` and `.xlsx`: every union that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale, now } = args.context
  const { searchParams } = new URL(args.request.url)
  const listing = { ...toListing(readTableQuery(searchParams, 'unions'), now), ...readBody(searchParams) }
  const rows = await ask(args, (api) => readEveryPage((part) => api.unions.listUnions({ ...listing, ...part })))
  return sendTable(
    args,
    translate(locale, 'unions.title'),
    [
      { title: translate(locale, 'unions.name'), value: ({ name }) => name },
      { title: translate(locale, 'unions.code'), value: ({ code }) => code },
      {
        title: translate(locale, 'unions.kind'),
        value: ({ kind }) => {
          const known = knownOf(kinds, kind)
          return known === null ? kind : translate(locale, `unions.kind.${known}`)
        },
      },
      {
        title: translate(locale, 'unions.state'),
        value: ({ state }) => {
          const known = knownOf(states, state)
          return known === null ? state : translate(locale, `unions.state.${known}`)
        },
      },
      {
        title: translate(locale, 'unions.ownership'),
        value: ({ ownership }) => {
          const known = knownOf(ownerships, ownership)
          return known === null ? ownership : translate(locale, `unions.ownership.${known}`)
        },
      },
      { title: translate(locale, 'unions.headcount'), value: ({ headcount }) => headcount },
      { title: translate(locale, 'unions.covered'), value: ({ coveredUnits }) => coveredUnits },
      {
        title: translate(locale, 'unions.unitClass'),
        value: ({ unitClass }) => {
          const known = knownOf(unitClasses, unitClass)
          return known === null ? unitClass : translate(locale, `unions.unitClass.${known}`)
        },
      },
      { title: translate(locale, 'unions.legal'), value: ({ legalPersonNo }) => legalPersonNo },
      { title: translate(locale, 'unions.founded'), value: ({ foundedOn }) => foundedOn },
      { title: translate(locale, 'unions.term'), value: ({ termEndsOn }) => termEndsOn },
      { title: translate(locale, 'unions.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
