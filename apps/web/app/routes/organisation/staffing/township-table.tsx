import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import { countShort, type TownshipStaffing } from './staffing.ts'

/** Township federations beside the staff they should have (M092); what is lacking stands out. */
export function TownshipTable({ townships }: { readonly townships: readonly TownshipStaffing[] }) {
  const text = useText()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('townships')
  const figure = (count: number, short: number) =>
    short === 0 ? count : <span className="gl-warning-text">{text('cadres.townships.short', { count, short })}</span>
  const columns: readonly DataColumn<TownshipStaffing>[] = [
    { key: 'name', title: text('cadres.townships.name'), value: ({ name }) => name },
    {
      key: 'chairs',
      title: text('cadres.post.chair'),
      figure: true,
      value: ({ chairs }) => chairs,
      render: ({ chairs, short }) => figure(chairs, short.chairs),
    },
    {
      key: 'party',
      title: text('cadres.townships.party'),
      value: ({ chairIsPartyCommittee }) => (chairIsPartyCommittee ? 'yes' : 'no'),
      filters: (['yes', 'no'] as const).map((value) => ({ value, label: text(`cadres.${value}`) })),
      render: ({ chairs, chairIsPartyCommittee }) =>
        chairs === 0 ? '—' : text(chairIsPartyCommittee ? 'cadres.yes' : 'cadres.no'),
    },
    {
      key: 'fullTime',
      title: text('cadres.townships.fullTimeVices'),
      figure: true,
      value: ({ fullTimeVices }) => fullTimeVices,
      render: ({ fullTimeVices, short }) => figure(fullTimeVices, short.fullTimeVices),
    },
    {
      key: 'partTime',
      title: text('cadres.townships.partTimeVices'),
      figure: true,
      value: ({ partTimeVices }) => partTimeVices,
      render: ({ partTimeVices, short }) => figure(partTimeVices, short.partTimeVices),
    },
    {
      key: 'posts',
      title: text('cadres.townships.posts'),
      figure: true,
      value: ({ institutionPosts }) => institutionPosts,
      render: ({ institutionPosts, short }) => figure(institutionPosts, short.institutionPosts),
    },
    {
      key: 'short',
      title: text('cadres.townships.lacking'),
      value: (row) => (countShort(row) > 0 ? 'yes' : 'no'),
      filters: [{ value: 'yes', label: text('cadres.townships.onlyGaps') }],
      render: (row) => text(countShort(row) > 0 ? 'cadres.yes' : 'cadres.no'),
    },
  ]
  return (
    <DataTable
      label={text('cadres.townships')}
      rows={townships}
      rowKey={({ bodyId, unionId }) => `${bodyId} ${unionId}`}
      columns={columns}
      query={query}
      onQuery={setQuery}
      exports={exportsOf('/organisation/cadres/staffing/export.csv', params)}
      empty={<EmptyState title={text('cadres.townships.none')} />}
    />
  )
}
