import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { toCongresses, type Congress } from './congress.ts'

const pageSize = 200

/** `GET /organisation/congresses/export.csv` and `.xlsx`: every congress that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const wanted = toCongresses(readTableQuery(new URL(args.request.url).searchParams, 'congresses'))
  const rows = await ask(args, async (api) => {
    const gathered: Congress[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.congresses.listCongresses({ ...wanted, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'congresses.title'),
    [
      { title: translate(locale, 'unions.name'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      {
        title: translate(locale, 'congresses.kind'),
        value: ({ kind }) => translate(locale, `congresses.kind.${kind}`),
      },
      { title: translate(locale, 'congresses.number'), value: ({ number }) => number },
      { title: translate(locale, 'elections.planned'), value: (row) => row.planned_on },
      { title: translate(locale, 'congresses.held'), value: (row) => row.held_from },
      { title: translate(locale, 'congresses.delegates'), value: (row) => row.delegates_planned },
      { title: translate(locale, 'congresses.present'), value: (row) => row.delegates_present },
      {
        title: translate(locale, 'unions.state'),
        value: ({ state }) => translate(locale, `congresses.state.${state}`),
      },
      { title: translate(locale, 'unions.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
