import type { KeyboardEvent, ReactNode } from 'react'
import { FigureCell } from './figure-cell.tsx'
import { missingFigure } from './figures.ts'
import { Icon } from './icons.tsx'
import type { DataColumn } from './table-column.ts'
import { RowBox, type TableSelection } from './table-selection.tsx'
import { useText } from './text.tsx'

/** Rows below rows. */
export type TableTree<Row> = {
  /** Null where there can be none, an empty list before they are fetched. */
  readonly childrenOf: (row: Row) => readonly Row[] | null
  readonly open: readonly string[]
  readonly onToggle: (row: Row, open: boolean) => void
}

/** A row and where it stands in the tree; `open` is null where nothing can be opened. */
export type PlacedRow<Row> = { readonly row: Row; readonly depth: number; readonly open: boolean | null }

/** The rows as they follow each other on the page, those below opened ones among them. */
export function openRows<Row>(
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  tree: TableTree<Row> | undefined,
  depth = 0,
): readonly PlacedRow<Row>[] {
  return rows.flatMap((row) => {
    const children = tree?.childrenOf(row) ?? null
    if (children === null) return [{ row, depth, open: null }]
    const open = tree?.open.includes(rowKey(row)) ?? false
    return [{ row, depth, open }, ...(open ? openRows(children, rowKey, tree, depth + 1) : [])]
  })
}

export type TableRowProps<Row> = PlacedRow<Row> & {
  readonly columns: readonly DataColumn<Row>[]
  readonly tree: TableTree<Row> | undefined
  readonly selection: TableSelection<Row> | undefined
  readonly className: string | undefined
  readonly onOpen: ((row: Row) => void) | undefined
  readonly onSteer: (event: KeyboardEvent<HTMLElement>, row: Row) => void
}

/** One row; on a phone a card whose cells say by `data-label` what they are. */
export function TableRow<Row>(props: TableRowProps<Row>) {
  const { row, depth, open, columns, tree, selection, className, onOpen, onSteer } = props
  return (
    <tr
      data-row=""
      className={className}
      tabIndex={onOpen ? 0 : undefined}
      onKeyDown={(event) => onSteer(event, row)}
      onDoubleClick={onOpen ? () => onOpen(row) : undefined}
    >
      {columns.map((column, index) => (
        <td key={column.key} data-label={column.title} className={column.figure === true ? 'gl-figure' : undefined}>
          {index === 0 && (tree || selection) ? (
            <span className="gl-table-first" style={depth === 0 ? undefined : { paddingInlineStart: depth * 15 }}>
              {selection ? <RowBox row={row} selection={selection} /> : null}
              {!tree ? null : open === null ? (
                <span className="gl-table-leaf" />
              ) : (
                <OpenButton
                  name={String(column.value?.(row) ?? '')}
                  open={open}
                  onToggle={() => tree.onToggle(row, !open)}
                />
              )}
              {writeCell(column, row)}
            </span>
          ) : (
            writeCell(column, row)
          )}
        </td>
      ))}
    </tr>
  )
}

type OpenButtonProps = { readonly name: string; readonly open: boolean; readonly onToggle: () => void }

function OpenButton({ name, open, onToggle }: OpenButtonProps) {
  const text = useText()
  return (
    <button
      type="button"
      className="gl-icon-button"
      aria-label={text('tables.below', { name })}
      aria-expanded={open}
      onClick={onToggle}
    >
      <Icon name={open ? 'down' : 'right'} size={14} />
    </button>
  )
}

function writeCell<Row>({ render, value, figure = false, scale = 0 }: DataColumn<Row>, row: Row): ReactNode {
  if (render) return render(row)
  const read = value?.(row)
  if (figure) return <FigureCell value={typeof read === 'string' ? null : read} scale={scale} />
  const found = String(read ?? missingFigure)
  return (
    <span className="gl-cell" title={found}>
      {found}
    </span>
  )
}
