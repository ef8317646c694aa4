import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { quotaStates, type Quota } from '../congresses/congress.ts'
import type { Child, CongressView } from './congress.ts'
import { IssueAct, ShareAct } from './quota-acts.tsx'

export type QuotasPartProps = {
  readonly congress: CongressView['congress']
  readonly quotas: readonly Quota[]
  readonly children: readonly Child[]
  readonly isOwn: boolean
  readonly bodyId: number
}

/** How many delegates each body directly below sends, and how far their elections have come. */
export function QuotasPart({ congress, quotas, children, isOwn }: QuotasPartProps) {
  const text = useText()
  const may = useMay()
  const { params, change } = useAddress()
  const [query, setQuery] = useTableQuery('quotas')
  const isOpen = isOwn && congress.state === 'preparing'
  const isDraft = quotas.every(({ state }) => state === 'draft')
  const sum = quotas.reduce((total, { quota }) => total + quota, 0)
  const elected = quotas.reduce((total, quota) => total + quota.elected, 0)
  const columns: readonly DataColumn<Quota>[] = [
    {
      key: 'receiver',
      title: text('delegates.receiver'),
      value: ({ receiverName }) => receiverName,
      render: (quota) => (
        <button type="button" className="gl-link-button" onClick={() => change({ quota: String(quota.id) })}>
          {quota.receiverName}
        </button>
      ),
    },
    { key: 'quota', title: text('delegates.quota'), figure: true, value: ({ quota }) => quota },
    { key: 'women', title: text('delegates.womenLeast'), figure: true, value: (row) => row.women_least },
    { key: 'front', title: text('delegates.frontLeast'), figure: true, value: (row) => row.front_line_least },
    { key: 'due', title: text('delegates.due'), value: (row) => row.due_on },
    { key: 'elected', title: text('delegates.elected'), figure: true, value: (row) => row.elected },
    { key: 'electedWomen', title: text('delegates.electedWomen'), figure: true, value: (row) => row.women },
    { key: 'electedFront', title: text('delegates.electedFront'), figure: true, value: (row) => row.frontLine },
    {
      key: 'state',
      title: text('unions.state'),
      value: ({ state }) => state,
      filters: quotaStates.map((state) => ({ value: state, label: text(`delegates.state.${state}`) })),
      render: ({ state, returned_for: reason }) =>
        text(reason === '' ? `delegates.state.${state}` : 'delegates.returned'),
    },
  ]
  return (
    <section>
      <div className="part-head">
        <h2>{text('delegates.quotas')}</h2>
        <div className="acts">
          {isOpen && isDraft && may('organisation:write') ? (
            <ShareAct congress={congress} quotas={quotas} children={children} />
          ) : null}
          {isOpen && isDraft && quotas.length > 0 && may('organisation:approve') ? (
            <IssueAct congress={congress} sum={sum} />
          ) : null}
        </div>
      </div>
      <DataTable
        label={text('delegates.quotas')}
        rows={quotas}
        rowKey={({ id }) => String(id)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        onOpen={({ id }) => change({ quota: String(id) })}
        tools={
          quotas.length === 0 || !isOwn ? undefined : (
            <span className="gl-hint gl-figure-text">
              {text('delegates.sum', { sum, planned: congress.delegates_planned, elected })}
            </span>
          )
        }
        exports={exportsOf(`/organisation/congresses/${congress.id}/export.csv`, params)}
        empty={
          <EmptyState
            title={text('delegates.none')}
            text={text(isOpen ? 'delegates.none.text' : 'delegates.none.other')}
          />
        }
      />
    </section>
  )
}
