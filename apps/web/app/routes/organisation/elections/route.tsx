import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { electionStates, toElections } from './election.ts'

export const meta = titlePage('elections.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'elections')
  return ask(args, (api) =>
    api.terms.listElections({
      ...toElections(searchParams),
      page: Math.min(query.page, 10_000),
      pageSize: query.size,
    }),
  )
}

/** Elections that renew committees, the latest first. */
export default function ElectionsPage() {
  const { rows, total } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('elections')
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('elections.title')}</h1>
          <p className="gl-hint">{text('elections.text')}</p>
        </div>
      </div>
      <DataTable
        label={text('elections.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        query={query}
        onQuery={setQuery}
        total={total}
        exports={exportsOf('/organisation/elections/export.csv', params)}
        onOpen={({ id }) => navigate(keep(`/organisation/elections/${id}`))}
        columns={[
          {
            key: 'name',
            title: text('unions.name'),
            render: ({ id, unionName, bodyName }) => (
              <Link to={keep(`/organisation/elections/${id}`)}>{unionName ?? bodyName}</Link>
            ),
          },
          {
            key: 'bodies',
            title: text('elections.bodies'),
            render: (row) => row.bodies.map((body) => text(`unions.termOf.${body}`)).join('、'),
          },
          { key: 'planned', title: text('elections.planned'), sortable: true, render: (row) => row.planned_on },
          { key: 'held', title: text('elections.held'), sortable: true, render: (row) => row.held_on ?? '—' },
          {
            key: 'state',
            title: text('unions.state'),
            filters: electionStates.map((state) => ({ value: state, label: text(`elections.state.${state}`) })),
            render: ({ state }) => text(`elections.state.${state}`),
          },
          { key: 'owner', title: text('unions.body'), render: ({ bodyName }) => bodyName },
        ]}
        empty={<EmptyState title={text('elections.empty')} text={text('elections.empty.text')} />}
      />
    </>
  )
}
