import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import type { Outgoing } from './flow.ts'

/** Where the own outgoing members are. */
export function OutgoingTable({ rows }: { readonly rows: readonly Outgoing[] }) {
  const text = useText()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('outgoing')
  const columns: readonly DataColumn<Outgoing>[] = [
    { key: 'destination', title: text('flows.destination'), sortable: true, value: ({ destination }) => destination },
    { key: 'members', title: text('flows.members'), figure: true, sortable: true, value: ({ members }) => members },
  ]
  return (
    <section>
      <h2>{text('flows.outgoing')}</h2>
      <p className="gl-hint">{text('flows.outgoing.text')}</p>
      <DataTable
        label={text('flows.outgoing')}
        rows={rows}
        rowKey={({ destination }) => destination}
        columns={columns}
        query={query}
        onQuery={setQuery}
        exports={exportsOf('/organisation/members/flows/export.csv', params)}
        empty={<EmptyState title={text('flows.outgoing.empty')} text={text('flows.outgoing.empty.text')} />}
      />
    </section>
  )
}
