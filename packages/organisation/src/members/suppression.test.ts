import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinSmallColumns, smallest, suppressLines, type CountLine, type ShownLine } from './suppression.ts'

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
const toLine = (cells: number[]): CountLine => ({ total: sum(cells), cells })
const columnSums = (lines: readonly CountLine[]) =>
  (lines[0]?.cells ?? []).map((_, column) => sum(lines.map((line) => line.cells[column] ?? 0)))

/**
 * Everything an onlooker can reckon: the largest value a hidden cell can have in any table of non-negative counts that agrees with all that
 * is shown (cells, totals of lines, sums of columns). Tried one cell at a time by brute force over whole tables would not end; the
 * hidden cells form a table of lines by columns with known sums, for which the bound of Fréchet is exact.
 */
function largestPossible(
  lines: readonly CountLine[],
  shown: readonly ShownLine[],
  line: number,
  column: number,
): number {
  const hidden = lines.filter((_, index) => shown[index]?.cells.includes(null))
  const ofColumn = sum(hidden.map((one) => one.cells[column] ?? 0))
  const total = shown[line]?.total
  return total === null || total === undefined ? ofColumn : Math.min(ofColumn, total)
}

/** All tables of non-negative counts with these sums of lines (null: unknown) and of columns. */
function* listTables(lineSums: readonly (number | null)[], sums: readonly number[]): Generator<number[][]> {
  const [first, ...rest] = lineSums
  if (first === undefined) {
    if (sums.every((left) => left === 0)) yield []
    return
  }
  for (const cells of listLines(first, sums)) {
    const left = sums.map((count, column) => count - (cells[column] ?? 0))
    for (const below of listTables(rest, left)) yield [cells, ...below]
  }
}
function* listLines(total: number | null, limits: readonly number[]): Generator<number[]> {
  const [limit, ...rest] = limits
  if (limit === undefined) {
    if (total === null || total === 0) yield []
    return
  }
  for (let count = 0; count <= Math.min(limit, total ?? limit); count++)
    for (const others of listLines(total === null ? null : total - count, rest)) yield [count, ...others]
}

const table = (rows: number, columns: number, most: number) =>
  fc.array(
    fc
      .array(fc.oneof(fc.constant(0), fc.nat({ max: 6 }), fc.nat({ max: most })), {
        minLength: columns,
        maxLength: columns,
      })
      .map(toLine),
    { minLength: 1, maxLength: rows },
  )
/** The sums are shown, so they must be fit to be (the caller sees to it by joining columns). */
const fit = (lines: readonly CountLine[]) =>
  [...columnSums(lines), sum(lines.map((line) => line.total))].every((count) => count === 0 || count >= smallest)

describe('14.2 counts under five', () => {
  test('a small one is hidden, and with it the next smallest, since the sum is shown', () => {
    const shown = suppressLines([[3], [40], [12], [0]].map(toLine), { total: true, cells: true })
    expect(shown.map((line) => line.total)).toEqual([null, 40, null, 0])
  })

  test('several small ones that are five together need no other', () => {
    const shown = suppressLines([[3], [4], [12]].map(toLine), { total: true, cells: true })
    expect(shown.map((line) => line.total)).toEqual([null, null, 12])
  })

  test('below a hidden line all is hidden', () => {
    const shown = suppressLines([[30], [40]].map(toLine), { total: false, cells: true })
    expect(shown.map((line) => line.total)).toEqual([null, null])
  })

  test('no count under five is ever shown, and none can be reckoned: each could as well be five (property)', () => {
    fc.assert(
      fc.property(table(8, 4, 60).filter(fit), (lines) => {
        const shown = suppressLines(lines, { total: true, cells: true })
        for (const [index, line] of lines.entries()) {
          const seen = shown[index]
          if (line.total > 0 && line.total < smallest) expect(seen?.total).toBeNull()
          for (const [column, count] of line.cells.entries()) {
            if (count === 0 || count >= smallest) continue
            expect(seen?.cells[column]).toBeNull()
            expect(largestPossible(lines, shown, index, column)).toBeGreaterThanOrEqual(smallest)
          }
        }
        const hiddenTotals = lines.filter((_, index) => shown[index]?.total === null)
        const together = sum(hiddenTotals.map((line) => line.total))
        expect(together === 0 || together >= smallest).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('the same by trying every table that agrees with what is shown (property)', () => {
    fc.assert(
      fc.property(table(3, 2, 9).filter(fit), (lines) => {
        const shown = suppressLines(lines, { total: true, cells: true })
        const hidden = [...lines.keys()].filter((index) => shown[index]?.cells.includes(null))
        const sums = [0, 1].map((column) => sum(hidden.map((index) => lines[index]?.cells[column] ?? 0)))
        const largest = hidden.map(() => [0, 0])
        for (const tried of listTables(
          hidden.map((index) => shown[index]?.total ?? null),
          sums,
        )) {
          for (const [place, cells] of tried.entries())
            for (const [column, count] of cells.entries()) {
              const most = largest[place]
              if (most) most[column] = Math.max(most[column] ?? 0, count)
            }
        }
        for (const [place, index] of hidden.entries())
          for (const [column, count] of (lines[index]?.cells ?? []).entries())
            if (count > 0 && count < smallest) expect(largest[place]?.[column]).toBeGreaterThanOrEqual(smallest)
      }),
      { numRuns: 300 },
    )
  })

  test('columns that are small in the whole are counted with the next smallest (property)', () => {
    expect(joinSmallColumns([500, 3, 60, 0])).toEqual([[0], [3], [1, 2]])
    expect(joinSmallColumns([500, 3, 2])).toEqual([[0], [1, 2]])
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 6 }), (sums) => {
        const groups = joinSmallColumns(sums)
        expect(groups.flat().toSorted((a, b) => a - b)).toEqual(sums.map((_, column) => column))
        if (sum(sums) < smallest) return
        for (const group of groups) {
          const together = sum(group.map((column) => sums[column] ?? 0))
          expect(together === 0 || together >= smallest).toBe(true)
        }
      }),
    )
  })
})
