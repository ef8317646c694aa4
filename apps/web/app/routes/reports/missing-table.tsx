import { Link, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, formatPeriod, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { useFrame, useTableQuery } from '../../address.ts'
import { absentPath } from './addresses.ts'
import { countDaysTo } from './age.tsx'
import { nameForm } from './names.ts'
import type { ReviewWork } from './overview.ts'
import { DueMark } from './standing.tsx'
import { exportsOf } from '../../table-export.ts'

type Props = { readonly work: readonly ReviewWork[]; readonly period: string }

/** Who has not reported, form by form; what is overdue first. */
export function MissingTable({ work, period }: Props) {
  const text = useText()
  const locale = useLocale()
  const navigate = useNavigate()
  const { now } = useFrame()
  const [query, setQuery] = useTableQuery('missing')
  const pathOf = (row: ReviewWork) => absentPath(row.form.code, row.period)
  const rows = work
    .filter((row) => row.missing > 0)
    .toSorted((a, b) => Number(b.isOverdue) - Number(a.isOverdue) || (a.dueOn ?? '').localeCompare(b.dueOn ?? ''))
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
      key: 'missing',
      title: text('reports.column.missingOf'),
      figure: true,
      value: (row) => row.missing,
      render: (row) => (
        <>
          <strong>{row.missing}</strong> / {row.expected}
        </>
      ),
    },
    {
      key: 'returned',
      title: text('states.report.returned'),
      figure: true,
      value: (row) => row.returned,
    },
    {
      key: 'due',
      title: text('reports.due'),
      value: (row) => row.dueOn,
      render: (row) => <DueMark dueOn={row.dueOn} daysLeft={countDaysTo(row.dueOn, now)} />,
    },
  ]
  return (
    <DataTable
      label={text('reports.tab.missing')}
      rows={rows}
      rowKey={(row) => `${row.form.id} ${row.period}`}
      columns={columns}
      query={query}
      onQuery={setQuery}
      onOpen={(row) => navigate(pathOf(row))}
      exports={exportsOf(`/reports/export.csv?${new URLSearchParams({ tab: 'missing', period }).toString()}`)}
      empty={<EmptyState title={text('reports.missing.none')} />}
    />
  )
}
