import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readListAddress } from '@gonglian/records/declared'
import { formatDateTime, useText } from '@gonglian/ui'
import { ask } from '../../ask.ts'
import { listColumns, nameList } from '../../records/list-columns.ts'
import { findView } from '../../records/views.ts'
import { wordsOf } from '../../records/words.ts'

/** `GET /lists/<list>/print`: the whole list on paper, without anything to press. */
export async function loader(args: LoaderFunctionArgs) {
  const view = findView(args.params['list'] ?? '')
  const question = { ...readListAddress(view, new URL(args.request.url).searchParams) }
  const words = wordsOf(args.context.locale)
  const { rows, by } = await ask(args, async (api) => {
    const { rows } = await api.records.readFile({ path: view.path, question })
    return { rows, by: await api.session.getSession() }
  })
  const columns = listColumns(view, words)
  return {
    title: nameList(view, question, args.context.now, words),
    body: by?.body?.name ?? '',
    person: by?.displayName ?? '',
    printedAt: args.context.now.toISOString(),
    heads: columns.map(({ title }) => title),
    rows: rows.map((row) => columns.map(({ value }) => value({ ...row }))),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => (data ? [{ title: data.title }] : [])

export default function PrintedList() {
  const { title, body, person, printedAt, heads, rows } = useLoaderData<typeof loader>()
  const text = useText()
  return (
    <main className="print-page">
      <h1>{title}</h1>
      <p>
        {[
          body,
          text('tables.total', { count: rows.length }),
          text('records.printedBy', { person, at: formatDateTime(printedAt) }),
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {cells.map((cell, at) => (
                <td key={heads[at]} className={typeof cell === 'number' ? 'gl-figure' : undefined}>
                  {cell ?? '—'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  )
}
