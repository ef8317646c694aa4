import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import type { UntrainedChairs } from '../cadres/cadre.ts'

type Chair = UntrainedChairs['rows'][number]

/** New chairs who are not trained yet, with the day by which they should be. */
export function UntrainedTable({ chairs }: { readonly chairs: UntrainedChairs }) {
  const text = useText()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('chairs')
  const columns: readonly DataColumn<Chair>[] = [
    { key: 'name', title: text('cadres.name'), render: ({ name }) => name },
    { key: 'union', title: text('cadres.place'), render: ({ unionName, bodyName }) => unionName ?? bodyName },
    { key: 'from', title: text('cadres.from'), render: ({ validFrom }) => validFrom },
    {
      key: 'due',
      title: text('cadres.untrained.due'),
      render: ({ dueOn, isOverdue }) =>
        isOverdue ? (
          <span className="gl-warning-text">
            {dueOn} {text('cadres.untrained.overdue')}
          </span>
        ) : (
          dueOn
        ),
    },
  ]
  return (
    <DataTable
      label={text('cadres.untrained')}
      rows={chairs.rows}
      rowKey={({ officerId }) => String(officerId)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={chairs.total}
      hideSearch
      exports={exportsOf('/organisation/cadres/chairs/export.csv', params)}
      empty={<EmptyState title={text('cadres.untrained.none')} />}
    />
  )
}
