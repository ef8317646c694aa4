import { Table, type TableProps } from 'antd'
import { useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { FigureCell } from './figure-cell.tsx'
import { missingFigure } from './figures.ts'
import { EmptyState } from './page-states.tsx'
import { emptyTableQuery, tableSizes, type TableQuery } from './table-query.ts'
import { selectRows, type SortValue } from './table-rows.ts'
import { TableTools } from './table-tools.tsx'
import { useText } from './text.tsx'

export type DataColumn<Row> = {
  readonly key: string
  readonly title: string
  /** What is searched, sorted and filtered by; without it the column is none of these. */
  readonly value?: (row: Row) => SortValue
  readonly render?: (row: Row) => ReactNode
  /** Figures: right-aligned, tabular. */
  readonly figure?: boolean
  /** Decimal digits of the stored integer, for figures without a `render`. */
  readonly scale?: number
  readonly width?: number
  readonly sortable?: boolean
  readonly filters?: readonly { readonly value: string; readonly label: string }[]
  readonly fixed?: 'left' | 'right'
}

export type DataTableProps<Row> = {
  readonly label: string
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly columns: readonly DataColumn<Row>[]
  readonly query: TableQuery
  readonly onQuery: (query: TableQuery) => void
  /** Given when the server searches, sorts and pages: `rows` is then one page of this many. */
  readonly total?: number
  readonly exports?: { readonly xlsx?: string; readonly csv?: string }
  readonly onOpen?: (row: Row) => void
  readonly empty?: ReactNode
  readonly tools?: ReactNode
  readonly loading?: boolean
  /** Children of a tree-table; null where there can be none, an empty list before they are fetched. */
  readonly childrenOf?: (row: Row) => readonly Row[] | null
  readonly onExpand?: (row: Row, open: boolean) => void
  readonly expandedKeys?: readonly string[]
  readonly rowClass?: (row: Row) => string
  readonly hideSearch?: boolean
}

/** A list: search, filters, sort, paging, all kept in the address by whoever holds `query`; export; rows by keyboard. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rows, columns, query, onQuery, total, rowKey, onOpen, childrenOf } = props
  const text = useText()
  const box = useRef<HTMLDivElement>(null)
  const local = total === undefined
  const left = useMemo(() => (local ? selectRows(rows, columns, query) : rows), [local, rows, columns, query])
  const count = total ?? left.length
  const page = Math.min(query.page, Math.max(1, Math.ceil(count / query.size)))
  const shown = local ? left.slice((page - 1) * query.size, page * query.size) : left

  const steer = (event: KeyboardEvent<HTMLElement>, row: Row) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' && onOpen) onOpen(row)
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const all = [...(box.current?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])]
      all[all.indexOf(event.currentTarget) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
    } else return
    event.preventDefault()
  }
  const change: NonNullable<TableProps<Row>['onChange']> = (pagination, chosen, sorter, extra) => {
    const sorted = Array.isArray(sorter) ? sorter[0] : sorter
    const filters = Object.fromEntries(
      Object.entries(chosen).flatMap(([key, values]) =>
        values && values.length > 0 ? [[key, values.map(String)]] : [],
      ),
    )
    onQuery({
      search: query.search,
      sort: sorted?.order ? String(sorted.columnKey) : null,
      order: sorted?.order ?? 'ascend',
      filters,
      page: extra.action === 'paginate' ? (pagination.current ?? 1) : 1,
      size: pagination.pageSize ?? query.size,
    })
  }
  const narrowed = query.search !== '' || Object.keys(query.filters).length > 0
  const nothing = narrowed ? (
    <EmptyState
      title={text('tables.noMatch')}
      action={
        <button type="button" className="gl-button" onClick={() => onQuery({ ...emptyTableQuery, size: query.size })}>
          {text('tables.clear')}
        </button>
      }
    />
  ) : (
    (props.empty ?? <EmptyState title={text('tables.empty')} />)
  )

  return (
    <div className="gl-table" ref={box}>
      <TableTools {...props} count={count} all={local ? rows.length : count} narrowed={narrowed} />
      <Table<Row>
        size="small"
        aria-label={props.label}
        dataSource={childrenOf ? shown.map((row) => withChildren(row, childrenOf)) : shown}
        rowKey={rowKey}
        loading={props.loading ?? false}
        showSorterTooltip={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: nothing, filterConfirm: text('pages.confirm'), filterReset: text('tables.clear') }}
        onChange={change}
        onRow={(row) => ({
          tabIndex: onOpen ? 0 : undefined,
          'data-row': '',
          onKeyDown: (event) => steer(event, row),
          onDoubleClick: onOpen ? () => onOpen(row) : undefined,
        })}
        rowClassName={props.rowClass ?? ''}
        expandable={
          childrenOf
            ? {
                onExpand: (open, row) => props.onExpand?.(row, open),
                ...(props.expandedKeys ? { expandedRowKeys: props.expandedKeys } : {}),
              }
            : {}
        }
        pagination={
          count > Math.min(query.size, tableSizes[0])
            ? {
                current: page,
                pageSize: query.size,
                total: count,
                size: 'small',
                showSizeChanger: true,
                pageSizeOptions: [...tableSizes],
              }
            : false
        }
        columns={columns.map((column) => writeColumn(column, query))}
      />
    </div>
  )
}

function withChildren<Row extends object>(row: Row, childrenOf: (row: Row) => readonly Row[] | null): Row {
  const children = childrenOf(row)
  return children === null ? row : { ...row, children: children.map((child) => withChildren(child, childrenOf)) }
}

type AntColumn<Row> = NonNullable<TableProps<Row>['columns']>[number]

function writeColumn<Row>(column: DataColumn<Row>, query: TableQuery): AntColumn<Row> {
  const { key, title, value, render, figure = false, width, fixed, sortable = value !== undefined, filters } = column
  const written = (row: Row): ReactNode => {
    if (render) return render(row)
    const read = value?.(row)
    if (figure) return <FigureCell value={typeof read === 'string' ? null : read} scale={column.scale ?? 0} />
    const found = String(read ?? missingFigure)
    return (
      <span className="gl-cell" title={found}>
        {found}
      </span>
    )
  }
  return {
    key,
    title,
    align: figure ? 'right' : 'left',
    render: (_: unknown, row: Row) => written(row),
    sorter: sortable,
    sortOrder: sortable && query.sort === key ? query.order : null,
    onCell: () => ({ 'data-label': title, className: figure ? 'gl-figure' : undefined }),
    ...(width === undefined ? {} : { width }),
    ...(fixed === undefined ? {} : { fixed }),
    ...(filters
      ? {
          filters: filters.map(({ value: chosen, label }) => ({ value: chosen, text: label })),
          filteredValue: [...(query.filters[key] ?? [])],
        }
      : {}),
  }
}
