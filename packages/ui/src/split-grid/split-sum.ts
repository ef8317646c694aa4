import type { SplitRow, Shares } from './split.ts'

export type SplitSum = {
  readonly allocated: number
  /** Target minus allocated: positive is reserve, negative over-allocation (P1). */
  readonly left: number
  readonly locked: number
  readonly empty: number
}

/** What a split adds up to. */
export function sumSplit(rows: readonly SplitRow[], shares: Shares, target: number): SplitSum {
  let allocated = 0
  let locked = 0
  let empty = 0
  for (const { code } of rows) {
    const share = shares[code]
    if (share?.locked) locked += 1
    if (share?.value == null) empty += 1
    else allocated += share.value
  }
  return { allocated, left: target - allocated, locked, empty }
}
