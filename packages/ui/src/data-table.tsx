import { useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { EmptyState } from './page-states.tsx'
import { TableBox } from './table-box.tsx'
import type { DataColumn } from './table-column.ts'
import { TableHead } from './table-head.tsx'
import { TablePages } from './table-pages.tsx'
import { emptyTableQuery, tableSizes, type TableQuery } from './table-query.ts'
import { openRows, TableRow, type TableTree } from './table-row.tsx'
import { selectRows } from './table-rows.ts'
import type { TableSelection } from './table-selection.tsx'
import { TableTools } from './table-tools.tsx'
import { useText } from './text.tsx'

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
  /** Rows that have rows below them, opened in place. */
  readonly tree?: TableTree<Row>
  readonly selection?: TableSelection<Row> | undefined
  readonly rowClass?: (row: Row) => string
  readonly hideSearch?: boolean
}

/** A list: search, filters, sort, paging, all kept in the address by whoever holds `query`; export; rows by keyboard. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rows, columns, query, onQuery, total, rowKey, onOpen, tree, selection, rowClass } = props
  const text = useText()
  const body = useRef<HTMLTableSectionElement>(null)
  const local = total === undefined
  const left = useMemo(() => (local ? selectRows(rows, columns, query) : rows), [local, rows, columns, query])
  const count = total ?? left.length
  const page = Math.min(query.page, Math.max(1, Math.ceil(count / query.size)))
  const shown = local ? left.slice((page - 1) * query.size, page * query.size) : left

  const steer = (event: KeyboardEvent<HTMLElement>, row: Row) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' && onOpen) onOpen(row)
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const all = [...(body.current?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])]
      all[all.indexOf(event.currentTarget) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
    } else return
    event.preventDefault()
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
    <div className="gl-table">
      <TableTools {...props} count={count} all={local ? rows.length : count} narrowed={narrowed} />
      <TableBox label={props.label}>
        <table aria-label={props.label}>
          <TableHead columns={columns} rows={shown} selection={selection} query={query} onQuery={onQuery} />
          <tbody ref={body}>
            {shown.length === 0 ? (
              <tr className="gl-table-nothing">
                <td colSpan={columns.length}>{nothing}</td>
              </tr>
            ) : null}
            {openRows(shown, rowKey, tree).map((placed) => (
              <TableRow
                key={rowKey(placed.row)}
                {...placed}
                columns={columns}
                tree={tree}
                selection={selection}
                className={rowClass?.(placed.row)}
                onOpen={onOpen}
                onSteer={steer}
              />
            ))}
          </tbody>
        </table>
      </TableBox>
      {count > Math.min(query.size, tableSizes[0]) ? (
        <TablePages
          label={props.label}
          page={page}
          size={query.size}
          count={count}
          onChange={(next) => onQuery({ ...query, ...next })}
        />
      ) : null}
    </div>
  )
}
