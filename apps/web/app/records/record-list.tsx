import { Link } from '@remix-run/react'
import { readListAddress, type View } from '@gonglian/records/declared'
import { DataTable, EmptyState, formatFigure, useLocale, useText, type DataColumn } from '@gonglian/ui'
import type { ReactNode } from 'react'
import { useAddress, useKeepingPeriod, useTableQuery } from '../address.ts'
import { BodyFilter } from '../body-filter.tsx'
import { useToday } from '../clock.tsx'
import { YearSteps } from '../year-steps.tsx'
import { DaysFilter } from './days-filter.tsx'
import { listColumns, listFilters, type Cell, type ListRow } from './list-columns.ts'
import { useWords } from './words.ts'

export type RecordListProps<Row> = {
  readonly view: View
  readonly page: {
    readonly rows: readonly Row[]
    readonly total: number
    readonly facets: readonly { readonly value: string; readonly rows: number; readonly others: number }[]
    readonly sums: Readonly<Record<string, number>>
  }
  /** The page narrows all its lists to a body: this one doesn't ask again. */
  readonly isNarrowed?: boolean
  /** Where a cell of a column leads to; null: nowhere. */
  readonly links?: Readonly<Record<string, (row: Row) => string | null>>
  /** What a cell shows on the page beyond its value, by column. */
  readonly cells?: Readonly<Record<string, (row: Row, value: Cell) => ReactNode>>
  /** A column of its own at the end, for what can be done with a row. */
  readonly acts?: ((row: Row) => ReactNode) | undefined
  readonly onOpen?: (row: Row) => void
}

/** The page's list of a declared view: search, filters, sorting, paging, files, print and the words where nothing is. */
export function RecordList<Row extends ListRow & { readonly id: number }>(props: RecordListProps<Row>) {
  const { view, page, links = {}, cells = {}, acts, onOpen, isNarrowed = false } = props
  const text = useText()
  const words = useWords()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery(view.noun)
  const shown = listColumns(view, words).filter(({ column }) => !column.fileOnly)
  const columns = shown.map(({ key, title, column, value }): DataColumn<Row> => {
    const link = links[key]
    const cell = cells[key]
    const figure = column.kind === 'number' || column.kind === 'yuan'
    return {
      key,
      title,
      value,
      sortable: column.sortable,
      ...(figure ? { figure: true } : {}),
      ...(column.filterable && column.codes !== undefined ? { filters: listFilters(view, key, column, words) } : {}),
      ...(column.chosen === undefined ? {} : { chosen: column.chosen }),
      ...(cell !== undefined || link !== undefined
        ? {
            render: (row: Row) => {
              const said = cell === undefined ? value(row) : cell(row, value(row))
              const to = link?.(row) ?? null
              return to === null ? (said ?? '—') : <Link to={keep(to)}>{said}</Link>
            },
          }
        : column.kind === 'lines' || column.kind === 'several'
          ? { render: (row: Row) => <span className="gl-cell-wrap">{value(row) ?? '—'}</span> }
          : {}),
    }
  })
  const address = `/lists/${view.path}`
  const search = params.toString() === '' ? '' : `?${params.toString()}`
  return (
    <>
      <Facet view={view} facets={page.facets} />
      <DataTable
        label={words(`${view.noun}.title`)}
        rows={page.rows}
        rowKey={({ id }) => String(id)}
        query={query}
        onQuery={setQuery}
        total={page.total}
        hideSearch={!view.searchable}
        {...(onOpen === undefined ? {} : { onOpen })}
        tools={
          <>
            <Sums view={view} sums={page.sums} />
            <ListYear view={view} />
            {Object.entries(view.columns).map(([name, column]) =>
              column.filterable && column.kind === 'date' ? <DaysFilter key={name} view={view} name={name} /> : null,
            )}
            {view.byBody && !isNarrowed ? <BodyFilter table={view.noun} /> : null}
            <a className="gl-button" href={`${address}/print${search}`} target="_blank" rel="noopener">
              {text('records.print')}
            </a>
          </>
        }
        exports={{ csv: `${address}.csv${search}`, xlsx: `${address}.xlsx${search}` }}
        columns={
          acts === undefined ? columns : [...columns, { key: 'acts', title: text('records.acts'), render: acts }]
        }
        empty={<EmptyState title={words(`${view.noun}.empty`)} text={words(`${view.noun}.empty.text`)} />}
      />
    </>
  )
}

/** What is counted of all rows that search and filters leave. */
function Sums({ view, sums }: { readonly view: View; readonly sums: RecordListProps<ListRow>['page']['sums'] }) {
  const words = useWords()
  const locale = useLocale()
  const said = Object.entries(sums).map(([name, sum]) => [name, formatFigure(sum, { locale })] as const)
  return said.length === 0 ? null : (
    <span className="gl-hint gl-figure-text">{words(`${view.noun}.sums`, Object.fromEntries(said))}</span>
  )
}

/** Which year a list of one year shows, and the ones beside it. */
function ListYear({ view }: { readonly view: View }) {
  const { params } = useAddress()
  const today = useToday()
  const { year = Number(today.slice(0, 4)) } = readListAddress(view, params)
  return view.year === undefined ? null : <YearSteps year={year} table={view.noun} />
}

/** How many rows each value has; a press leaves its rows alone. */
function Facet({ view, facets }: { readonly view: View; readonly facets: RecordListProps<ListRow>['page']['facets'] }) {
  const words = useWords()
  const locale = useLocale()
  const { params, change } = useAddress()
  const { facet } = view
  if (facet === undefined || facets.length === 0) return null
  const name = `${view.noun}.facet`
  const chosen = params.get(name)
  return (
    <div className="stages" role="group" aria-label={words(`${view.noun}.facet`)}>
      {facets.map(({ value, rows, others }) => (
        <button
          key={value}
          type="button"
          aria-pressed={chosen === value}
          onClick={() => change({ [name]: chosen === value ? null : value, [`${view.noun}.page`]: null })}
        >
          <strong>{formatFigure(rows, { locale })}</strong> {value}{' '}
          <span className="gl-hint">{words(facet.text, { count: others })}</span>
        </button>
      ))}
    </div>
  )
}
