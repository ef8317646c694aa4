import { Link } from '@remix-run/react'
import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import type { AppraisalRow, Slips } from './appraisal.ts'
import { AppraisalActs } from './appraisal-acts.tsx'
import type { Colleague } from '../colleagues.ts'
import { OpenAppraisal } from './open-appraisal.tsx'

export type AppraisalTableProps = {
  readonly rows: readonly AppraisalRow[]
  readonly total: number
  readonly own: number | null
  /** Whom a working group is picked from. */
  readonly candidates: readonly Colleague[]
  readonly onSlips: (slips: Slips) => void
}

/** The unions with their appraisal of a year; votes are told once the voting is closed. */
export function AppraisalTable({ rows, total, own, candidates, onSlips }: AppraisalTableProps) {
  const text = useText()
  const keep = useKeepingPeriod()
  const may = useMay()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('appraisals')
  const columns: readonly DataColumn<AppraisalRow>[] = [
    {
      key: 'union',
      title: text('registers.union'),
      render: ({ unionId, unionName }) => <Link to={keep(`/organisation/unions/${unionId}`)}>{unionName}</Link>,
    },
    {
      key: 'state',
      title: text('appraisals.state'),
      render: ({ state, round }) => (
        <>
          {text(state === null ? 'appraisals.state.none' : `appraisals.state.${state}`)}
          {round === null || round === 1 ? null : (
            <span className="gl-hint"> {text('appraisals.round', { round })}</span>
          )}
        </>
      ),
    },
    { key: 'closes', title: text('appraisals.closesOn'), render: ({ closesOn }) => closesOn ?? '—' },
    { key: 'eligible', title: text('appraisals.eligible'), figure: true, render: ({ eligible }) => eligible ?? '—' },
    { key: 'slips', title: text('appraisals.slips'), figure: true, render: ({ slips }) => slips ?? '—' },
    { key: 'satisfied', title: text('vote.satisfied'), figure: true, render: ({ satisfied }) => satisfied ?? '—' },
    { key: 'basic', title: text('vote.basic'), figure: true, render: ({ basic }) => basic ?? '—' },
    {
      key: 'unsatisfied',
      title: text('vote.unsatisfied'),
      figure: true,
      render: ({ unsatisfied }) => unsatisfied ?? '—',
    },
    { key: 'invalid', title: text('appraisals.invalid'), figure: true, render: ({ invalid }) => invalid ?? '—' },
    {
      key: 'acts',
      title: text('registers.acts'),
      render: (row) =>
        row.ownerId !== own ? (
          ''
        ) : row.appraisalId === null ? (
          may('organisation:write') ? (
            <OpenAppraisal union={{ id: row.unionId, name: row.unionName }} candidates={candidates} />
          ) : (
            ''
          )
        ) : (
          <AppraisalActs row={row} onSlips={onSlips} />
        ),
    },
  ]
  return (
    <DataTable
      label={text('appraisals.title')}
      rows={rows}
      rowKey={({ unionId }) => String(unionId)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={total}
      exports={exportsOf('/organisation/appraisals/export.csv', params)}
      empty={<EmptyState title={text('appraisals.empty')} text={text('appraisals.empty.text')} />}
    />
  )
}
