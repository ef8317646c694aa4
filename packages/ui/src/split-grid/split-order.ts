import { compareValues, type SortValue } from '../table-rows.ts'
import type { Shares, SplitRow } from './split.ts'

/** The columns, each of which one can sort by. */
export const sortKeys = ['body', 'lastYear', 'basis', 'share', 'counter', 'state'] as const
export type SortKey = (typeof sortKeys)[number]
export type SplitOrder = { readonly by: SortKey; readonly order: 'ascend' | 'descend' }

const stages = ['disputed', 'draft', 'issued', 'accepted', 'settled', 'signed']

function readValue(row: SplitRow, by: SortKey, shares: Shares): SortValue {
  switch (by) {
    case 'body':
      return row.name
    case 'lastYear':
      return row.lastYear
    case 'basis':
      return row.basis
    case 'share':
      return shares[row.code]?.value
    case 'counter':
      return row.counter
    case 'state':
      return stages.indexOf(row.state)
  }
}

/** The rows by one column; equal ones keep their order, missing values stand last. */
export function sortRows(rows: readonly SplitRow[], { by, order }: SplitOrder, shares: Shares): readonly SplitRow[] {
  return [...rows].sort((a, b) => compareValues(readValue(a, by, shares), readValue(b, by, shares), order))
}

/** What a click on a column's head makes of the order: ascending, descending, as it was. */
export function nextOrder(present: SplitOrder | null, by: SortKey): SplitOrder | null {
  if (present?.by !== by) return { by, order: 'ascend' }
  return present.order === 'ascend' ? { by, order: 'descend' } : null
}
