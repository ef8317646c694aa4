import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { listColumns, listObstacles, restructuringStates, toRestructurings } from './restructuring.ts'

export const meta = titlePage('restructurings.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { page, size } = readTableQuery(searchParams, 'restructurings')
  return ask(args, (api) => api.unions.listRestructurings({ ...toRestructurings(searchParams), page, pageSize: size }))
}

/** Unions whose employer was restructured, closed or moved away: each is rebuilt, merged or revoked in time (M008). */
export default function RestructuringsPage() {
  const { rows, total } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('restructurings')
  const [name, employer, since, due, state, left, body] = listColumns(text)
  const plain = { sortable: false } as const
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('restructurings.title')}</h1>
          <p className="gl-hint">{text('restructurings.text')}</p>
        </div>
      </div>
      <DataTable
        label={text('restructurings.title')}
        rows={rows}
        rowKey={({ unionId }) => String(unionId)}
        query={query}
        onQuery={setQuery}
        total={total}
        tools={<BodyFilter table="restructurings" />}
        exports={exportsOf('/organisation/restructurings/export.csv', params)}
        onOpen={({ unionId }) => navigate(keep(`/organisation/unions/${unionId}`))}
        columns={[
          {
            ...name,
            ...plain,
            render: (row) => <Link to={keep(`/organisation/unions/${row.unionId}`)}>{row.name}</Link>,
          },
          { ...employer, ...plain },
          { ...since, ...plain },
          { ...due, ...plain },
          {
            ...state,
            ...plain,
            filters: restructuringStates.map((one) => ({ value: one, label: text(`restructurings.${one}`) })),
            render: (row) => (
              <span className={row.isOverdue ? 'term-state-overdue' : undefined}>
                {text(row.isOverdue ? 'restructurings.overdue' : 'restructurings.running')}
              </span>
            ),
          },
          {
            ...left,
            ...plain,
            render: (row) => {
              const obstacles = listObstacles(text, row.left)
              if (obstacles.length === 0) return text('restructurings.ready')
              return (
                <ul className="cell-list">
                  {obstacles.map((one) => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
              )
            },
          },
          { ...body, ...plain },
        ]}
        empty={<EmptyState title={text('restructurings.empty')} text={text('restructurings.empty.text')} />}
      />
    </>
  )
}
