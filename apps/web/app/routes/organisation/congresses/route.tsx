import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, useText } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { TermLinks } from '../terms/term-links.tsx'
import { CongressActs, PlanAct } from './congress-acts.tsx'

export const meta = titlePage('congresses.title')

export async function loader(args: LoaderFunctionArgs) {
  return ask(args, async (api) => ({
    ...(await api.congresses.listCongresses({ pageSize: 200 })),
    bodyId: args.context.visitor?.tenantId ?? 0,
  }))
}

/** Congresses, prepared and held. */
export default function CongressesPage() {
  const { rows, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const writes = useMay()('organisation:write')
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('congresses')
  return (
    <>
      <TermLinks />
      <div className="area-head">
        <div>
          <h1>{text('congresses.title')}</h1>
          <p className="gl-hint">{text('congresses.text')}</p>
        </div>
        {writes ? <PlanAct bodyId={bodyId} /> : null}
      </div>
      <DataTable
        label={text('congresses.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        query={query}
        onQuery={setQuery}
        exports={exportsOf('/organisation/congresses/export.csv', params)}
        columns={[
          { key: 'name', title: text('unions.name'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
          { key: 'kind', title: text('congresses.kind'), value: ({ kind }) => text(`congresses.kind.${kind}`) },
          { key: 'number', title: text('terms.number'), value: ({ number }) => text('unions.term.number', { number }) },
          { key: 'planned', title: text('elections.planned'), value: (row) => row.planned_on },
          { key: 'held', title: text('congresses.held'), value: (row) => row.held_from },
          {
            key: 'delegates',
            title: text('congresses.delegates'),
            figure: true,
            value: (row) => row.delegates_planned,
          },
          { key: 'present', title: text('congresses.present'), figure: true, value: (row) => row.delegates_present },
          { key: 'state', title: text('unions.state'), value: ({ state }) => text(`congresses.state.${state}`) },
          {
            key: 'act',
            title: text('tables.actions'),
            render: (row) => (row.tenant_id === bodyId ? <CongressActs congress={row} /> : null),
          },
        ]}
        empty={<EmptyState title={text('congresses.empty')} text={text('congresses.empty.text')} />}
      />
    </>
  )
}
