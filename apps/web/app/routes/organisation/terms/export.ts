import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readBody } from '../../../body-filter.tsx'
import { sendTable } from '../../../table-file.ts'
import { toTerms, type Term } from './term.ts'

const pageSize = 200

/** `GET /organisation/terms/export.csv` and `.xlsx`: every term that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { searchParams } = new URL(args.request.url)
  const wanted = { ...toTerms(readTableQuery(searchParams, 'terms')), ...readBody(searchParams) }
  const rows = await ask(args, async (api) => {
    const gathered: Term[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.terms.listTerms({ ...wanted, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'terms.title'),
    [
      { title: translate(locale, 'unions.name'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      { title: translate(locale, 'terms.of'), value: ({ body }) => translate(locale, `unions.termOf.${body}`) },
      { title: translate(locale, 'terms.number'), value: ({ number }) => number },
      { title: translate(locale, 'terms.from'), value: ({ startsOn }) => startsOn },
      { title: translate(locale, 'terms.to'), value: ({ endsOn }) => endsOn },
      {
        title: translate(locale, 'terms.extended'),
        value: ({ extensionState, extendedTo }) => (extensionState === 'approved' ? extendedTo : null),
      },
      { title: translate(locale, 'unions.state'), value: ({ state }) => translate(locale, `terms.state.${state}`) },
      { title: translate(locale, 'terms.days'), value: ({ daysLeft }) => daysLeft },
      { title: translate(locale, 'unions.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
