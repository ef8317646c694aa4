import type { RouterOutputs } from '@gonglian/api'
import { Link, useNavigate } from '@remix-run/react'
import {
  DataTable,
  EmptyState,
  formatDate,
  formatDateTime,
  formatPeriod,
  useLocale,
  useText,
  type DataColumn,
} from '@gonglian/ui'
import { useTableQuery } from '../../address.ts'
import { entryPath } from './addresses.ts'
import { nameForm } from './names.ts'
import type { MyReport } from './overview.ts'
import { DueMark, StandingMark } from './standing.tsx'
import { exportsOf } from '../../table-export.ts'

type Props = {
  readonly reports: readonly MyReport[]
  readonly urges: RouterOutputs['urges']['listReceivedUrges']
  readonly period: string
}

const states = ['not_started', 'draft', 'submitted', 'returned', 'accepted', 'correcting'] as const

/** What I have to fill in: what is open first, by deadline. */
export function MineTable({ reports, urges, period }: Props) {
  const text = useText()
  const locale = useLocale()
  const navigate = useNavigate()
  const [query, setQuery] = useTableQuery('mine')
  const pathOf = (report: MyReport) => entryPath(report.form.code, report.period)
  const urgeOf = (report: MyReport) =>
    report.daysLeft === null
      ? undefined
      : urges.find((urge) => urge.formId === report.form.id && urge.period === report.period)
  const columns: DataColumn<MyReport>[] = [
    {
      key: 'form',
      title: text('reports.column.form'),
      value: (report) => nameForm(report.form, locale),
      render: (report) => {
        const urge = urgeOf(report)
        return (
          <span className="report-name">
            <Link to={pathOf(report)}>{nameForm(report.form, locale)}</Link>
            {urge ? (
              <span className="report-urged" title={urge.message}>
                {text('reports.urgedBy', { who: urge.from?.name ?? '', when: formatDate(urge.at) })}
              </span>
            ) : null}
          </span>
        )
      },
    },
    {
      key: 'period',
      title: text('frame.period'),
      value: (report) => report.period,
      render: (report) => formatPeriod(report.period, locale),
    },
    {
      key: 'state',
      title: text('reports.column.state'),
      value: (report) => report.state,
      filters: states.map((state) => ({ value: state, label: text(`states.report.${state}`) })),
      render: (report) => (
        <>
          <StandingMark state={report.state} isLate={report.isLate} isZero={report.isZero} />
          {report.faults > 0 ? (
            <span className="gl-error-text"> {text('reports.faults', { count: report.faults })}</span>
          ) : null}
        </>
      ),
    },
    {
      key: 'due',
      title: text('reports.due'),
      value: (report) => report.dueOn,
      render: (report) => <DueMark dueOn={report.dueOn} daysLeft={report.daysLeft} />,
    },
    {
      key: 'filled',
      title: text('reports.column.filled'),
      figure: true,
      value: (report) => report.filled / Math.max(1, report.fillable),
      render: (report) => `${report.filled} / ${report.fillable}`,
    },
    {
      key: 'submitted',
      title: text('reports.column.submitted'),
      value: (report) => report.submittedAt?.toISOString(),
      render: (report) => (report.submittedAt ? formatDateTime(report.submittedAt) : '—'),
    },
  ]
  return (
    <DataTable
      label={text('reports.tab.mine')}
      rows={reports}
      rowKey={(report) => `${report.form.id} ${report.period}`}
      columns={columns}
      query={query}
      onQuery={setQuery}
      onOpen={(report) => navigate(pathOf(report))}
      exports={exportsOf(`/reports/export.csv?${new URLSearchParams({ tab: 'mine', period }).toString()}`)}
      empty={<EmptyState title={text('reports.mine.none')} text={text('reports.mine.noneText')} />}
    />
  )
}
