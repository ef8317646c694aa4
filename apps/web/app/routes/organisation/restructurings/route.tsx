import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter, readBody } from '../../../body-filter.tsx'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { UnionLinks } from '../unions/area-links.tsx'
import { listColumns, listObstacles } from './restructuring.ts'

export const meta = titlePage('restructurings.title')

export async function loader(args: LoaderFunctionArgs) {
  return ask(args, (api) => api.unions.listRestructurings(readBody(new URL(args.request.url).searchParams)))
}

/** Unions whose employer was restructured, closed or moved away: each is rebuilt, merged or revoked in time (M008). */
export default function RestructuringsPage() {
  const unions = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('restructurings')
  const [name, employer, since, due, state, left, body] = listColumns(text)
  return (
    <>
      <UnionLinks />
      <div className="area-head">
        <div>
          <h1>{text('restructurings.title')}</h1>
          <p className="gl-hint">{text('restructurings.text')}</p>
        </div>
      </div>
      <DataTable
        label={text('restructurings.title')}
        rows={unions}
        rowKey={({ unionId }) => String(unionId)}
        query={query}
        onQuery={setQuery}
        tools={<BodyFilter table="restructurings" />}
        exports={exportsOf('/organisation/restructurings/export.csv', params)}
        onOpen={({ unionId }) => navigate(keep(`/organisation/unions/${unionId}`))}
        columns={[
          {
            ...name,
            render: (row) => <Link to={keep(`/organisation/unions/${row.unionId}`)}>{row.name}</Link>,
          },
          employer,
          since,
          due,
          {
            ...state,
            filters: (['running', 'overdue'] as const).map((one) => {
              const said = text(`restructurings.${one}`)
              return { value: said, label: said }
            }),
            render: (row) => (
              <span className={row.isOverdue ? 'term-state-overdue' : undefined}>
                {text(row.isOverdue ? 'restructurings.overdue' : 'restructurings.running')}
              </span>
            ),
          },
          {
            ...left,
            sortable: false,
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
          body,
        ]}
        empty={<EmptyState title={text('restructurings.empty')} text={text('restructurings.empty.text')} />}
      />
    </>
  )
}
