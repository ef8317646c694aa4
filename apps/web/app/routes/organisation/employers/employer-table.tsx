import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { exportsOf } from '../../../table-export.ts'
import { knownOf, ownerships, unitClasses } from '../unions/union.ts'
import { employerStates, gaps, type Employer } from './employer.ts'

export type EmployerTableProps = {
  readonly employers: readonly Employer[]
  readonly total: number
  readonly onOpen: (id: number) => void
}

/** Searched, filtered, sorted and paged by the server. */
export function EmployerTable({ employers, total, onOpen }: EmployerTableProps) {
  const text = useText()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('employers', { sort: 'headcount', order: 'descend' })
  const columns: readonly DataColumn<Employer>[] = [
    {
      key: 'name',
      title: text('employers.name'),
      sortable: true,
      render: ({ id, name }) => (
        <button type="button" className="gl-link-button" onClick={() => onOpen(id)}>
          {name}
        </button>
      ),
    },
    { key: 'creditCode', title: text('employers.creditCode'), render: ({ creditCode }) => creditCode ?? '—' },
    { key: 'headcount', title: text('unions.headcount'), figure: true, value: ({ headcount }) => headcount },
    {
      key: 'union',
      title: text('employers.union'),
      filters: gaps.map((one) => ({ value: one, label: text(`employers.union.${one}`) })),
      render: ({ isUnionised, leadState }) =>
        isUnionised
          ? text('employers.union.with')
          : leadState === null
            ? text('employers.union.without')
            : text('employers.union.lead'),
    },
    {
      key: 'ownership',
      title: text('unions.ownership'),
      filters: ownerships.map((one) => ({ value: one, label: text(`unions.ownership.${one}`) })),
      render: ({ ownership }) => {
        const known = knownOf(ownerships, ownership)
        return known === null ? ownership : text(`unions.ownership.${known}`)
      },
    },
    {
      key: 'unitClass',
      title: text('unions.unitClass'),
      filters: unitClasses.map((one) => ({ value: one, label: text(`unions.unitClass.${one}`) })),
      render: ({ unitClass }) => {
        const known = knownOf(unitClasses, unitClass)
        return known === null ? unitClass : text(`unions.unitClass.${known}`)
      },
    },
    { key: 'park', title: text('employers.park'), render: ({ park }) => (park === '' ? '—' : park) },
    {
      key: 'state',
      title: text('employers.state'),
      filters: [{ value: 'ended', label: text('employers.state.ended') }],
      render: ({ status }) => {
        const known = knownOf(employerStates, status)
        return known === null ? status : text(`employers.state.${known}`)
      },
    },
    { key: 'body', title: text('unions.body'), render: ({ bodyName }) => bodyName },
  ]
  return (
    <DataTable
      label={text('employers.title')}
      rows={employers}
      rowKey={({ id }) => String(id)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={total}
      tools={<BodyFilter table="employers" />}
      exports={exportsOf('/organisation/employers/export.csv', params)}
      onOpen={({ id }) => onOpen(id)}
      empty={<EmptyState title={text('employers.empty')} text={text('employers.empty.text')} />}
    />
  )
}
