import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import type { Delegate, Delegates, Quota } from '../congresses/congress.ts'
import type { CongressView, OwnUnion } from './congress.ts'
import { DecideActs, ReportAct } from './delegate-acts.tsx'

export type DelegatesPartProps = {
  readonly congress: CongressView['congress']
  readonly quota: Quota
  readonly delegates: Delegates
  /** What the own body handed in before and got back. */
  readonly before: readonly Delegate[]
  readonly unions: readonly OwnUnion[]
  readonly bodyId: number
}

/** Whom one body elected for the congress: handed in by itself, checked by the body whose congress it is. */
export function DelegatesPart({ congress, quota, delegates, before, unions, bodyId }: DelegatesPartProps) {
  const text = useText()
  const may = useMay()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('delegates')
  const isPreparing = congress.state === 'preparing'
  const columns: readonly DataColumn<Delegate>[] = [
    { key: 'name', title: text('unions.person'), sortable: true, render: ({ name }) => name },
    {
      key: 'gender',
      title: text('slate.gender'),
      filters: (['female', 'male'] as const).map((gender) => ({ value: gender, label: text(`slate.${gender}`) })),
      render: ({ gender }) => text(`slate.${gender}`),
    },
    {
      key: 'front',
      title: text('delegates.frontLine'),
      filters: [
        { value: 'yes', label: text('delegates.frontLine.yes') },
        { value: 'no', label: text('delegates.frontLine.no') },
      ],
      render: (row) => text(row.is_front_line ? 'delegates.frontLine.yes' : 'delegates.frontLine.no'),
    },
    { key: 'votes', title: text('slate.votes'), figure: true, sortable: true, render: ({ votes }) => votes },
    { key: 'eligible', title: text('slate.eligible'), figure: true, render: ({ eligible }) => eligible },
    { key: 'on', title: text('delegates.electedOn'), render: (row) => row.elected_on },
  ]
  const standing = quota.returned_for === '' ? text(`delegates.state.${quota.state}`) : text('delegates.returned')
  return (
    <section aria-label={text('delegates.of', { body: quota.receiverName })}>
      <div className="part-head">
        <h2>{text('delegates.of', { body: quota.receiverName })}</h2>
        <div className="acts">
          {isPreparing && quota.receiver_id === bodyId && quota.state === 'issued' && may('organisation:approve') ? (
            <ReportAct quota={quota} delegates={before} unions={unions} />
          ) : null}
          {isPreparing && quota.tenant_id === bodyId && quota.state === 'reported' && may('organisation:approve') ? (
            <DecideActs quota={quota} />
          ) : null}
        </div>
      </div>
      <p>
        {text('delegates.asked', {
          quota: quota.quota,
          women: quota.women_least,
          front: quota.front_line_least,
          due: quota.due_on ?? '—',
        })}{' '}
        <strong>{standing}</strong>
      </p>
      {quota.returned_for === '' ? null : (
        <p className="gl-warning-text" role="status">
          {text('delegates.returned.for', { reason: quota.returned_for })}
        </p>
      )}
      {isPreparing && quota.receiver_id === bodyId && quota.state === 'issued' && !may('organisation:approve') ? (
        <p className="gl-hint">{text('delegates.leaderReports')}</p>
      ) : null}
      <DataTable
        label={text('delegates.of', { body: quota.receiverName })}
        rows={delegates.rows}
        total={delegates.total}
        rowKey={({ id }) => String(id)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        exports={exportsOf(
          `/organisation/congresses/${congress.id}/delegates/export.csv`,
          new URLSearchParams([...params, ...(params.has('quota') ? [] : [['quota', String(quota.id)]])]),
        )}
        empty={<EmptyState title={text('delegates.empty')} />}
      />
    </section>
  )
}
