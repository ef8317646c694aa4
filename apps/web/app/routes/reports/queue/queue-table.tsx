import type { RouterOutputs } from '@gonglian/api'
import { Link, useNavigate } from '@remix-run/react'
import { DataTable, formatDateTime, useText, type DataColumn, type TableQuery } from '@gonglian/ui'
import type { ReactNode } from 'react'
import { reviewPath } from '../addresses.ts'
import { Age } from '../age.tsx'
import { StandingMark } from '../standing.tsx'
import { exportsOf } from '../../../table-export.ts'
import { chooseRows } from '../../../table-selection.ts'

export type Queued = RouterOutputs['reviews']['listReviewQueue']['reports'][number]

type Props = {
  readonly reports: readonly Queued[]
  readonly total: number
  readonly query: TableQuery
  readonly onQuery: (query: TableQuery) => void
  readonly now: Date
  readonly chosen: ReadonlySet<number>
  /** Null for readers who decide nothing. */
  readonly onChoose: ((chosen: ReadonlySet<number>) => void) | null
  readonly isFree: (report: Queued) => boolean
  readonly csv: string
  readonly empty: ReactNode
  readonly tools: ReactNode
}

/** The queue as a list; Enter opens a report. */
export function QueueTable(props: Props) {
  const { reports, total, query, onQuery, now, chosen, onChoose, isFree, csv, empty, tools } = props
  const text = useText()
  const navigate = useNavigate()
  const pathOf = (report: Queued) => reviewPath(report.reportId, report.period)
  const selection = chooseRows(chosen, onChoose, {
    id: (report: Queued) => report.reportId,
    label: (report) => text('reports.queue.choose', { body: report.body.name }),
    refusal: (report) => (isFree(report) ? null : text('reports.queue.notFree')),
  })
  const columns: DataColumn<Queued>[] = [
    {
      key: 'body',
      title: text('reports.column.body'),
      value: (report) => report.body.name,
      render: (report) => <Link to={pathOf(report)}>{report.body.name}</Link>,
    },
    {
      key: 'state',
      title: text('reports.column.state'),
      render: (report) => (
        <>
          <StandingMark state={report.state} isLate={report.isLate} />
          {report.isChangedBelow ? <span className="gl-warning-text"> {text('reports.changed')}</span> : null}
        </>
      ),
    },
    {
      key: 'submitted',
      title: text('reports.column.submitted'),
      sortable: true,
      render: (report) => (report.submittedAt ? formatDateTime(report.submittedAt) : '—'),
    },
    {
      key: 'age',
      title: text('reports.column.since'),
      render: (report) => (report.state === 'submitted' ? <Age since={report.submittedAt} now={now} /> : '—'),
    },
    {
      key: 'warnings',
      title: text('reports.column.openWarnings'),
      figure: true,
      sortable: true,
      render: (report) =>
        report.openWarnings > 0 ? <span className="gl-warning-text">{report.openWarnings}</span> : 0,
    },
    {
      key: 'correction',
      title: text('reports.column.correction'),
      render: (report) => report.correctionReason ?? '—',
    },
  ]
  return (
    <DataTable
      label={text('reports.queue.title')}
      rows={reports}
      total={total}
      rowKey={(report) => String(report.reportId)}
      columns={columns}
      query={query}
      onQuery={onQuery}
      selection={selection}
      onOpen={(report) => navigate(pathOf(report))}
      exports={exportsOf(csv)}
      empty={empty}
      tools={tools}
    />
  )
}
