import type { LoaderFunctionArgs } from '@remix-run/node'
import { quotasOfOneCongress } from '@gonglian/organisation/codes'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { CongressActs, PlanAct } from './congress-acts.tsx'
import { congressKinds, congressStates, toCongresses } from './congress.ts'
import { ReceivedQuotas } from './received-quotas.tsx'

export const meta = titlePage('congresses.title')

export async function loader(args: LoaderFunctionArgs) {
  const query = readTableQuery(new URL(args.request.url).searchParams, 'congresses')
  return ask(args, async (api) => {
    const [list, received] = await Promise.all([
      api.congresses.listCongresses({
        ...toCongresses(query),
        page: Math.min(query.page, 10_000),
        pageSize: query.size,
      }),
      api.congresses.listDelegateQuotas({ of: 'received', pageSize: quotasOfOneCongress }),
    ])
    return { ...list, received: received.rows, bodyId: args.context.visitor?.tenantId ?? 0 }
  })
}

/** Congresses, prepared and held; and what the body has to elect for those of its superiors. */
export default function CongressesPage() {
  const { rows, total, received, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const writes = useMay()('organisation:write')
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('congresses')
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('congresses.title')}</h1>
          <p className="gl-hint">{text('congresses.text')}</p>
        </div>
        {writes ? <PlanAct bodyId={bodyId} /> : null}
      </div>
      <ReceivedQuotas quotas={received} />
      <DataTable
        label={text('congresses.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        query={query}
        onQuery={setQuery}
        total={total}
        exports={exportsOf('/organisation/congresses/export.csv', params)}
        onOpen={({ id }) => navigate(keep(`/organisation/congresses/${id}`))}
        columns={[
          {
            key: 'name',
            title: text('unions.name'),
            render: ({ id, unionName, bodyName }) => (
              <Link to={keep(`/organisation/congresses/${id}`)}>{unionName ?? bodyName}</Link>
            ),
          },
          {
            key: 'kind',
            title: text('congresses.kind'),
            filters: congressKinds.map((kind) => ({ value: kind, label: text(`congresses.kind.${kind}`) })),
            render: ({ kind }) => text(`congresses.kind.${kind}`),
          },
          {
            key: 'number',
            title: text('congresses.number'),
            render: ({ number, is_extraordinary: isExtraordinary }) =>
              text(isExtraordinary ? 'congresses.numberOf.extraordinary' : 'congresses.numberOf', { number }),
          },
          {
            key: 'planned',
            title: text('elections.planned'),
            sortable: true,
            render: (row) => row.planned_on,
          },
          { key: 'held', title: text('congresses.held'), render: (row) => row.held_from ?? '—' },
          {
            key: 'delegates',
            title: text('congresses.delegates'),
            figure: true,
            sortable: true,
            render: (row) => row.delegates_planned,
          },
          {
            key: 'present',
            title: text('congresses.present'),
            figure: true,
            render: (row) => row.delegates_present ?? '—',
          },
          {
            key: 'state',
            title: text('unions.state'),
            filters: congressStates.map((state) => ({ value: state, label: text(`congresses.state.${state}`) })),
            render: ({ state }) => text(`congresses.state.${state}`),
          },
          {
            key: 'act',
            title: text('tables.actions'),
            render: (row) => (row.tenant_id === bodyId ? <CongressActs congress={row} quiet /> : null),
          },
        ]}
        empty={<EmptyState title={text('congresses.empty')} text={text('congresses.empty.text')} />}
      />
    </>
  )
}
