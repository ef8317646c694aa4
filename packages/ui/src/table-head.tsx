import type { ReactNode } from 'react'
import { isSortable, type DataColumn } from './table-column.ts'
import { TableFilter } from './table-filter.tsx'
import type { TableQuery } from './table-query.ts'
import { PageBox, type TableSelection } from './table-selection.tsx'
import { useText } from './text.tsx'

export type TableHeadProps<Row> = {
  readonly columns: readonly DataColumn<Row>[]
  /** The rows of this page. */
  readonly rows: readonly Row[]
  readonly selection: TableSelection<Row> | undefined
  readonly query: TableQuery
  readonly onQuery: (query: TableQuery) => void
}

/** The head of a table: a press on a title sorts by it, ascending, descending, then no longer; a funnel filters. */
export function TableHead<Row>({ columns, rows, selection, query, onQuery }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map((column, index) => (
          <HeadCell key={column.key} column={column} query={query} onQuery={onQuery}>
            {index === 0 && selection ? <PageBox rows={rows} selection={selection} /> : null}
          </HeadCell>
        ))}
      </tr>
    </thead>
  )
}

type HeadCellProps<Row> = Pick<TableHeadProps<Row>, 'query' | 'onQuery'> & {
  readonly column: DataColumn<Row>
  readonly children: ReactNode
}

function HeadCell<Row>({ column, query, onQuery, children }: HeadCellProps<Row>) {
  const { key, title, hint, figure = false, width, filters, chosen = [] } = column
  const sortable = isSortable(column)
  const order = sortable && query.sort === key ? query.order : null
  return (
    <th
      scope="col"
      className={figure ? 'gl-figure' : undefined}
      title={hint}
      aria-sort={order === null ? undefined : order === 'ascend' ? 'ascending' : 'descending'}
      style={width === undefined ? undefined : { width }}
    >
      <span className="gl-table-head">
        {children}
        {sortable ? (
          <SortButton
            title={title}
            hint={hint}
            order={order}
            onOrder={(next) =>
              onQuery({ ...query, sort: next === null ? null : key, order: next ?? 'ascend', page: 1 })
            }
          />
        ) : (
          title
        )}
        {filters ? (
          <TableFilter
            title={title}
            filters={filters}
            chosen={query.filters[key] ?? chosen}
            onChoose={(next) => {
              const { [key]: _before, ...others } = query.filters
              onQuery({ ...query, filters: next.length === 0 ? others : { ...others, [key]: next }, page: 1 })
            }}
          />
        ) : null}
      </span>
    </th>
  )
}

type Order = TableQuery['order'] | null
type SortButtonProps = {
  readonly title: string
  readonly hint: string | undefined
  readonly order: Order
  readonly onOrder: (order: Order) => void
}

function SortButton({ title, hint, order, onOrder }: SortButtonProps) {
  const text = useText()
  const next = order === null ? 'ascend' : order === 'ascend' ? 'descend' : null
  return (
    <button
      type="button"
      className="gl-table-sort"
      title={[hint, text(next === null ? 'tables.sort.cancel' : `tables.sort.${next}`)].filter(Boolean).join(' · ')}
      onClick={() => onOrder(next)}
    >
      {title}
      <svg width="8" height="12" viewBox="0 0 8 12" aria-hidden="true" focusable="false">
        <path className={order === 'ascend' ? 'gl-table-sorted' : undefined} d="M4 0l4 5H0z" />
        <path className={order === 'descend' ? 'gl-table-sorted' : undefined} d="M4 12L0 7h8z" />
      </svg>
    </button>
  )
}
