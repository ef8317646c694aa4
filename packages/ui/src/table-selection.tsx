import { useEffect, useRef } from 'react'
import { useText } from './text.tsx'

/** Rows one chooses, to act on several at once. */
export type TableSelection<Row> = {
  readonly isChosen: (row: Row) => boolean
  readonly onChoose: (rows: readonly Row[], chosen: boolean) => void
  /** What the box of a row is called. */
  readonly label: (row: Row) => string
  /** Why a row can't be chosen; null where it can. */
  readonly refusal?: (row: Row) => string | null
}

type BoxProps<Row> = { readonly selection: TableSelection<Row> }

export function RowBox<Row>({ row, selection }: BoxProps<Row> & { readonly row: Row }) {
  const refusal = selection.refusal?.(row) ?? null
  return (
    <input
      type="checkbox"
      className="gl-table-pick"
      aria-label={selection.label(row)}
      disabled={refusal !== null}
      title={refusal ?? undefined}
      checked={refusal === null && selection.isChosen(row)}
      onChange={(event) => selection.onChoose([row], event.target.checked)}
    />
  )
}

/** The box in the head: all rows of this page that can be chosen. */
export function PageBox<Row>({ rows, selection }: BoxProps<Row> & { readonly rows: readonly Row[] }) {
  const text = useText()
  const box = useRef<HTMLInputElement>(null)
  const free = rows.filter((row) => (selection.refusal?.(row) ?? null) === null)
  const chosen = free.filter(selection.isChosen).length
  const some = chosen > 0 && chosen < free.length
  useEffect(() => {
    if (box.current) box.current.indeterminate = some
  }, [some])
  return (
    <input
      ref={box}
      type="checkbox"
      className="gl-table-pick"
      aria-label={text('tables.choosePage')}
      disabled={free.length === 0}
      checked={free.length > 0 && chosen === free.length}
      onChange={(event) => selection.onChoose(free, event.target.checked)}
    />
  )
}
