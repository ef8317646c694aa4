import { Link } from '@remix-run/react'
import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { exportsOf } from '../../../table-export.ts'
import { kinds, knownOf, listMarks, marks, ownerships, states, unitClasses, type Union } from './union.ts'

export type UnionTableProps = {
  readonly unions: readonly Union[]
  readonly total: number
  readonly onOpen: (id: number) => void
}

/** Searched, filtered, sorted and paged by the server. */
export function UnionTable({ unions, total, onOpen }: UnionTableProps) {
  const text = useText()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('unions', { sort: 'code' })
  const columns: readonly DataColumn<Union>[] = [
    {
      key: 'name',
      title: text('unions.name'),
      sortable: true,
      render: ({ id, name }) => <Link to={keep(`/organisation/unions/${id}`)}>{name}</Link>,
    },
    { key: 'code', title: text('unions.code'), sortable: true, render: ({ code }) => code ?? '—' },
    {
      key: 'kind',
      title: text('unions.kind'),
      filters: kinds.map((kind) => ({ value: kind, label: text(`unions.kind.${kind}`) })),
      render: ({ kind }) => {
        const known = knownOf(kinds, kind)
        return known === null ? kind : text(`unions.kind.${known}`)
      },
    },
    {
      key: 'state',
      title: text('unions.state'),
      filters: states.map((state) => ({ value: state, label: text(`unions.state.${state}`) })),
      render: ({ state }) => <UnionStateMark state={state} />,
    },
    {
      key: 'ownership',
      title: text('unions.ownership'),
      filters: ownerships.map((ownership) => ({ value: ownership, label: text(`unions.ownership.${ownership}`) })),
      render: ({ ownership }) => {
        const known = knownOf(ownerships, ownership)
        return known === null ? ownership : text(`unions.ownership.${known}`)
      },
    },
    { key: 'headcount', title: text('unions.headcount'), figure: true, sortable: true, value: (row) => row.headcount },
    { key: 'covered', title: text('unions.covered'), figure: true, value: (row) => row.coveredUnits },
    { key: 'founded', title: text('unions.founded'), sortable: true, render: ({ foundedOn }) => foundedOn ?? '—' },
    {
      key: 'term',
      title: text('unions.term'),
      filters: [{ value: 'overdue', label: text('unions.term.overdue') }],
      render: ({ termEndsOn, isTermOverdue }) =>
        termEndsOn === null ? '—' : isTermOverdue ? `${termEndsOn} ${text('unions.term.overdue')}` : termEndsOn,
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
    {
      key: 'marks',
      title: text('unions.marks'),
      filters: marks.map((one) => ({ value: one, label: text(`unions.mark.${one}`) })),
      render: (row) =>
        listMarks(row)
          .map((one) => text(`unions.mark.${one}`))
          .join(text('companions.and')) || '—',
    },
    { key: 'body', title: text('unions.body'), render: ({ bodyName }) => bodyName },
  ]
  return (
    <DataTable
      label={text('unions.title')}
      rows={unions}
      rowKey={({ id }) => String(id)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={total}
      tools={<BodyFilter table="unions" />}
      exports={exportsOf('/organisation/unions/export.csv', params)}
      onOpen={({ id }) => onOpen(id)}
      empty={<EmptyState title={text('unions.empty')} text={text('unions.empty.text')} />}
    />
  )
}

/** A shape and a word: where a union stands in its life. */
export function UnionStateMark({ state }: { readonly state: string }) {
  const text = useText()
  const known = knownOf(states, state)
  if (known === null) return <>{state}</>
  return <span className={`union-state union-state-${known}`}>{text(`unions.state.${known}`)}</span>
}
