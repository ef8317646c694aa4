import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { kinds, knownOf, ownerships, states, toListing, type Union } from './union.ts'

const pageSize = 200

/** `GET /organisation/unions/export.csv` and `.xlsx`: every union that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const listing = toListing(readTableQuery(new URL(args.request.url).searchParams, 'unions'))
  const rows = await ask(args, async (api) => {
    const gathered: Union[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.unions.listUnions({ ...listing, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
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
      { title: translate(locale, 'unions.founded'), value: ({ foundedOn }) => foundedOn },
      { title: translate(locale, 'unions.term'), value: ({ termEndsOn }) => termEndsOn },
      { title: translate(locale, 'unions.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
