import { Link, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, formatDate, formatPeriod, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { useFrame, useTableQuery } from '../../address.ts'
import { absentPath, queuePath } from './addresses.ts'
import { Age } from './age.tsx'
import { nameForm } from './names.ts'
import type { ReviewWork } from './overview.ts'
import { exportsOf } from '../../table-export.ts'

const countOpen = (row: ReviewWork) => row.waiting + row.corrections + row.changed

type Props = { readonly work: readonly ReviewWork[]; readonly period: string }

/** What waits for my decision, form by form. */
export function ReviewTable({ work, period }: Props) {
  const text = useText()
  const locale = useLocale()
  const navigate = useNavigate()
  const { now } = useFrame()
  const [query, setQuery] = useTableQuery('review')
  const pathOf = (row: ReviewWork) => queuePath(row.form.code, row.period)
  const rows = work.toSorted((a, b) => countOpen(b) - countOpen(a))
  const count = (key: string, title: string, value: (row: ReviewWork) => number): DataColumn<ReviewWork> => ({
    key,
    title,
    figure: true,
    value,
    render: (row) => <Count of={value(row)} />,
  })
  const columns: DataColumn<ReviewWork>[] = [
    {
      key: 'form',
      title: text('reports.column.form'),
      value: (row) => nameForm(row.form, locale),
      render: (row) => <Link to={pathOf(row)}>{nameForm(row.form, locale)}</Link>,
    },
    {
      key: 'period',
      title: text('frame.period'),
      value: (row) => row.period,
      render: (row) => formatPeriod(row.period, locale),
    },
    {
      ...count('waiting', text('reports.column.waiting'), (row) => row.waiting),
      render: (row) => (row.waiting > 0 ? <strong>{row.waiting}</strong> : <Count of={0} />),
    },
    {
      key: 'since',
      title: text('reports.column.since'),
      value: (row) => row.waitingSince?.toISOString(),
      render: (row) => <Age since={row.waitingSince} now={now} />,
    },
    count('warnings', text('reports.column.withWarnings'), (row) => row.withWarnings),
    count('corrections', text('reports.column.corrections'), (row) => row.corrections),
    count('changed', text('reports.changed'), (row) => row.changed),
    count('returned', text('states.report.returned'), (row) => row.returned),
    {
      ...count('accepted', text('reports.column.acceptedOf'), (row) => row.accepted),
      render: (row) => `${row.accepted} / ${row.expected}`,
    },
    {
      ...count('missing', text('reports.tab.missing'), (row) => row.missing),
      render: (row) =>
        row.missing > 0 ? <Link to={absentPath(row.form.code, row.period)}>{row.missing}</Link> : <Count of={0} />,
    },
    {
      key: 'due',
      title: text('reports.due'),
      value: (row) => row.dueOn,
      render: (row) => (row.dueOn === null ? '—' : formatDate(row.dueOn)),
    },
  ]
  return (
    <DataTable
      label={text('reports.tab.review')}
      rows={rows}
      rowKey={(row) => `${row.form.id} ${row.period}`}
      columns={columns}
      query={query}
      onQuery={setQuery}
      onOpen={(row) => navigate(pathOf(row))}
      exports={exportsOf(`/reports/export.csv?${new URLSearchParams({ tab: 'review', period }).toString()}`)}
      empty={<EmptyState title={text('reports.review.none')} />}
    />
  )
}

/** Nothing to do is written, and stands back. */
function Count({ of: count }: { readonly of: number }) {
  return count === 0 ? <span className="gl-hint">0</span> : <>{count}</>
}
