import { Link } from '@remix-run/react'
import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { kinds, sexes, states, yesOrNo, type Member } from './member.ts'

export type MemberTableProps = {
  readonly members: readonly Member[]
  readonly total: number
  /** There are more than were counted. */
  readonly atLeast: boolean
  readonly unionName: string | null
  /** Not while a search is shown: files follow the filters alone. */
  readonly files: boolean
  readonly onOpen: (id: number) => void
}

/** Filtered and paged by the server, newest first. */
export function MemberTable({ members, total, atLeast, unionName, files, onOpen }: MemberTableProps) {
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const { params, change } = useAddress()
  const [query, setQuery] = useTableQuery('members')
  const columns: readonly DataColumn<Member>[] = [
    {
      key: 'name',
      title: text('members.name'),
      render: ({ id, name }) => <Link to={keep(`/organisation/members/${id}`)}>{name}</Link>,
    },
    { key: 'idNumber', title: text('members.idNumber'), render: ({ idNumber }) => idNumber ?? '—' },
    {
      key: 'sex',
      title: text('members.sex'),
      filters: sexes.map((sex) => ({ value: sex, label: text(`members.sex.${sex}`) })),
      render: ({ sex }) => (sex === null ? '—' : text(`members.sex.${sex}`)),
    },
    { key: 'age', title: text('members.age'), figure: true, value: ({ age }) => age, sortable: false },
    {
      key: 'state',
      title: text('members.state'),
      filters: states.map((state) => ({ value: state, label: text(`members.state.${state}`) })),
      render: ({ state }) => <MemberStateMark state={state} />,
    },
    {
      key: 'kind',
      title: text('members.kind'),
      filters: kinds.map((kind) => ({ value: kind, label: text(`members.kind.${kind}`) })),
      render: ({ kind }) => text(`members.kind.${kind}`),
    },
    {
      key: 'union',
      title: text('members.union'),
      render: ({ unionName: name }) => <span className="gl-cut">{name}</span>,
    },
    { key: 'mobile', title: text('members.mobile'), render: ({ mobile }) => mobile ?? '—' },
    { key: 'joined', title: text('members.joined'), render: ({ joinedOn, appliedOn }) => joinedOn ?? appliedOn },
    {
      key: 'card',
      title: text('members.card'),
      filters: yesOrNo.map((value) => ({ value, label: text(`members.card.${value}`) })),
      render: ({ cardNo }) => cardNo ?? '—',
    },
    {
      key: 'complete',
      title: text('members.missing'),
      filters: yesOrNo.map((value) => ({ value, label: text(`members.complete.${value}`) })),
      render: ({ missing }) =>
        missing.length === 0
          ? text('members.complete.yes')
          : text('members.missing.short', {
              parts: missing.map((part) => text(`members.part.${part}`)).join(text('members.and')),
            }),
    },
  ]
  return (
    <DataTable
      label={text('members.title')}
      rows={members}
      rowKey={({ id }) => String(id)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={total}
      hideSearch
      {...(may('member:export') && files ? { exports: exportsOf('/organisation/members/export.csv', params) } : {})}
      onOpen={({ id }) => onOpen(id)}
      empty={<EmptyState title={text('members.empty')} text={text('members.empty.text')} />}
      tools={
        <span className="member-tools">
          {atLeast ? <span className="gl-hint">{text('members.atLeast')}</span> : null}
          {unionName === null ? null : (
            <span className="member-of">
              {unionName}{' '}
              <button type="button" className="gl-link-button" onClick={() => change({ union: null })}>
                {text('members.union.all')}
              </button>
            </span>
          )}
          <label>
            {text('members.joined.from')}{' '}
            <input
              type="date"
              className="gl-input"
              value={params.get('from') ?? ''}
              onChange={(event) => change({ from: event.target.value || null, 'members.page': null })}
            />
          </label>
          <label>
            {text('members.joined.to')}{' '}
            <input
              type="date"
              className="gl-input"
              value={params.get('to') ?? ''}
              onChange={(event) => change({ to: event.target.value || null, 'members.page': null })}
            />
          </label>
        </span>
      }
    />
  )
}

/** A shape and a word: where a membership stands. */
export function MemberStateMark({ state }: { readonly state: Member['state'] }) {
  return <span className={`member-state member-state-${state}`}>{useText()(`members.state.${state}`)}</span>
}
