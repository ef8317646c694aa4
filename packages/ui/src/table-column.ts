import type { ReactNode } from 'react'
import type { SortValue } from './table-rows.ts'

export type DataColumn<Row> = {
  readonly key: string
  readonly title: string
  /** What the title means, where it is too short to say it. */
  readonly hint?: string
  /** What is searched, sorted and filtered by; without it the column is none of these. */
  readonly value?: (row: Row) => SortValue
  readonly render?: (row: Row) => ReactNode
  /** Figures: right-aligned, tabular. */
  readonly figure?: boolean
  /** Decimal digits of the stored integer, for figures without a `render`. */
  readonly scale?: number
  /** The least width in pixels; wider content makes the column wider. */
  readonly width?: number
  readonly sortable?: boolean
  readonly filters?: readonly { readonly value: string; readonly label: string }[]
  /** What it is filtered by while the reader chose nothing. */
  readonly chosen?: readonly string[]
}

/** Whether one may sort by this column: where nothing is said, by all that have a value. */
export function isSortable<Row>(column: DataColumn<Row>): boolean {
  return column.sortable ?? column.value !== undefined
}
