import { Link } from '@remix-run/react'
import {
  DataTable,
  FigureCell,
  Light,
  TargetBar,
  TrendLine,
  formatPercent,
  formatPeriod,
  formatUnit,
  useLocale,
  useText,
  type DataColumn,
} from '@gonglian/ui'
import { useTableQuery } from '../../address.ts'
import type { Board, BoardRow } from './choice.ts'
import { useOpenedRows } from './opened-rows.ts'
import { exportsOf } from '../../table-export.ts'

type BoardTableProps = {
  readonly board: Board
  readonly moved: ReadonlySet<number>
  readonly linkOf: (code: string) => string
  readonly onOpen: (row: BoardRow) => void
  readonly exportTo: string
}

/** The board: the body itself pinned on top, those below it in the order asked for. */
export function BoardTable({ board, moved, linkOf, onOpen, exportTo }: BoardTableProps) {
  const text = useText()
  const locale = useLocale()
  const [query, setQuery] = useTableQuery('board', { sort: 'rank', order: 'ascend' })
  const { scale } = board.item.measure
  const unit = formatUnit(board.item.measure.unit, locale)
  const approximate = (inexact: boolean) => (inexact ? { mark: 1 } : {})
  const last = board.form?.periods[board.form.periods.length - 1] ?? board.period
  const { open, below, failed, toggle } = useOpenedRows(board)
  const columns: DataColumn<BoardRow>[] = [
    {
      key: 'body',
      title: text('progress.body'),
      value: (row) => `${row.body.shortName} ${row.body.code}`,
      sortable: true,
      width: 140,
      render: (row) => (
        <span className="progress-body">
          {row !== board.total && row.body.childCount > 0 ? (
            <Link to={linkOf(row.body.code)} title={text('progress.drill', { body: row.body.name })}>
              {row.body.shortName}
            </Link>
          ) : (
            <span className={row === board.total ? 'progress-total' : undefined}>{row.body.shortName}</span>
          )}
          {moved.has(row.body.id) ? (
            <span className="progress-moved" title={text('progress.moved')}>
              <span className="gl-hidden">{text('progress.moved')}</span>
            </span>
          ) : null}
        </span>
      ),
    },
    {
      key: 'rank',
      title: text('progress.rank'),
      figure: true,
      value: (row) => row.rank ?? (row === board.total ? 0 : 100_000),
      render: (row) => row.rank ?? '—',
      sortable: true,
      width: 56,
    },
    {
      key: 'light',
      title: text('progress.light'),
      value: (row) => row.light ?? 'none',
      render: (row) => <Light value={row.light} />,
      width: 96,
      filters: (['green', 'yellow', 'red'] as const).map((value) => ({ value, label: text(`states.light.${value}`) })),
    },
    {
      key: 'target',
      title: text('progress.target'),
      figure: true,
      value: (row) => row.target,
      render: (row) => <FigureCell value={row.target} scale={scale} />,
      sortable: true,
      width: 92,
    },
    {
      key: 'reported',
      title: text('progress.reported'),
      figure: true,
      value: (row) => row.reported.value,
      sortable: true,
      width: 92,
      render: (row) => (
        <button
          type="button"
          className="gl-link-button"
          title={text('progress.make', { body: row.body.name })}
          onClick={() => onOpen(row)}
        >
          <FigureCell value={row.reported.value} scale={scale} {...approximate(row.reported.inexact)} />
        </button>
      ),
    },
    {
      key: 'accepted',
      title: text('progress.accepted'),
      figure: true,
      value: (row) => row.accepted.value,
      sortable: true,
      width: 92,
      render: (row) => <FigureCell value={row.accepted.value} scale={scale} {...approximate(row.accepted.inexact)} />,
    },
    {
      key: 'expected',
      title: text('progress.expected'),
      figure: true,
      value: (row) => row.expected,
      sortable: true,
      width: 98,
      render: (row) => <FigureCell value={row.expected} scale={scale} />,
    },
    {
      key: 'rate',
      title: text('progress.rate'),
      value: (row) => row.rate,
      sortable: true,
      width: 146,
      render: (row) => (
        <TargetBar
          actual={row.reported.value}
          target={row.target}
          expected={row.expected}
          light={row.light}
          hint={
            row.gap === null ? undefined : `${text('progress.gap')} ${formatPercent(row.gap, locale).replace('%', '')}`
          }
        />
      ),
    },
    {
      key: 'coverage',
      title: text('progress.coverage.short'),
      hint: text('progress.coverage'),
      figure: true,
      value: (row) => row.coverage?.reported ?? null,
      sortable: true,
      width: 84,
      render: (row) =>
        row.coverage ? (
          <span
            title={text('progress.coverage.title', { ...pickCounts(row.coverage), period: formatPeriod(last, locale) })}
          >
            {text('progress.coverage.cell', pickCounts(row.coverage))}
          </span>
        ) : (
          '—'
        ),
    },
    {
      key: 'trend',
      title: text('progress.trend'),
      width: 84,
      render: (row) => <TrendLine values={row.trend} format={{ scale }} width={68} />,
    },
    {
      key: 'forecast',
      title: text('progress.forecast'),
      figure: true,
      value: (row) => row.forecast,
      sortable: true,
      width: 88,
      render: (row) => <FigureCell value={row.forecast} scale={scale} />,
    },
  ]
  return (
    <DataTable
      label={text('progress.title')}
      rows={[board.total, ...board.rows]}
      rowKey={(row) => row.body.code}
      tree={{
        childrenOf: (row) =>
          row.body.code === board.total.body.code || row.body.childCount === 0
            ? null
            : (below.get(row.body.code) ?? []),
        open,
        onToggle: (row, isOpen) => toggle(row.body.code, isOpen),
      }}
      columns={columns}
      query={query}
      onQuery={setQuery}
      exports={exportsOf(exportTo)}
      tools={
        <>
          <span className="gl-hint">{text('progress.unit', { unit })}</span>
          {failed ? (
            <span className="gl-error-text" role="alert">
              {text('progress.expand.failed')}
            </span>
          ) : null}
        </>
      }
      rowClass={(row) =>
        row === board.total ? 'progress-total-row' : moved.has(row.body.id) ? 'progress-moved-row' : ''
      }
    />
  )
}

function pickCounts(coverage: NonNullable<BoardRow['coverage']>) {
  const { expected, reported, reviewed, accepted } = coverage
  return { expected, reported, reviewed, accepted }
}
