import type { RouterOutputs } from '@gonglian/api'
import { Link } from '@remix-run/react'
import {
  DataTable,
  EmptyState,
  formatDate,
  formatDateTime,
  useText,
  type DataColumn,
  type TableQuery,
} from '@gonglian/ui'
import type { ReactNode } from 'react'
import { entryPath } from '../addresses.ts'
import { Age } from '../age.tsx'
import { StandingMark } from '../standing.tsx'
import { exportsOf } from '../../../table-export.ts'
import { chooseRows } from '../../../table-selection.ts'

export type Absent = RouterOutputs['reviews']['listMissing']['missing'][number]

type Props = {
  readonly form: string
  readonly period: string
  readonly absent: readonly Absent[]
  readonly total: number
  readonly query: TableQuery
  readonly onQuery: (query: TableQuery) => void
  readonly now: Date
  readonly withParents: boolean
  readonly chosen: ReadonlySet<number>
  readonly onChoose: ((chosen: ReadonlySet<number>) => void) | null
  readonly csv: string
  readonly tools: ReactNode
}

/** Who is missing, by code; the server pages. */
export function AbsentTable(props: Props) {
  const { form, period, absent, total, query, onQuery, now, withParents, chosen, onChoose, csv, tools } = props
  const text = useText()
  const selection = chooseRows(chosen, onChoose, {
    id: (report: Absent) => report.bodyId,
    label: (report) => text('reports.queue.choose', { body: report.name }),
  })
  const columns: DataColumn<Absent>[] = [
    {
      key: 'body',
      title: text('reports.column.body'),
      value: (report) => report.name,
      sortable: false,
      render: (report) => <Link to={entryPath(form, period, report.code)}>{report.name}</Link>,
    },
    ...(withParents
      ? [{ key: 'parent', title: text('reports.column.parent'), render: (report: Absent) => report.parentName }]
      : []),
    {
      key: 'state',
      title: text('reports.column.state'),
      render: (report) => (
        <>
          <StandingMark state={report.state} />
          {report.returnedAt ? <span className="gl-hint"> {formatDate(report.returnedAt)}</span> : null}
        </>
      ),
    },
    {
      key: 'due',
      title: text('reports.due'),
      render: (report) => (report.dueOn === null ? '—' : formatDate(report.dueOn)),
    },
    {
      key: 'late',
      title: text('reports.column.daysLate'),
      figure: true,
      render: (report) =>
        report.daysLate === 0 ? (
          '—'
        ) : (
          <strong className="gl-error-text">{text('reports.due.days', { days: report.daysLate })}</strong>
        ),
    },
    {
      key: 'urged',
      title: text('reports.column.urged'),
      render: (report) =>
        report.urgedAt === null ? (
          '—'
        ) : (
          <span title={formatDateTime(report.urgedAt)}>
            {formatDate(report.urgedAt)} (<Age since={report.urgedAt} now={now} />)
          </span>
        ),
    },
  ]
  return (
    <DataTable
      label={text('reports.tab.missing')}
      rows={absent}
      total={total}
      rowKey={(report) => String(report.bodyId)}
      columns={columns}
      query={query}
      onQuery={onQuery}
      selection={selection}
      exports={exportsOf(csv)}
      tools={tools}
      empty={<EmptyState title={text('reports.missing.none')} />}
    />
  )
}
