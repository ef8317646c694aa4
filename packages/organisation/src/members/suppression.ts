/** One line of a table of counts: a body's members, in all and by a grouping. */
export type CountLine = {
  readonly total: number
  readonly cells: readonly number[]
  /** By how many persons the total and each cell moved since the month before: few of them are hidden like a small count. */
  readonly moved?: { readonly total: number; readonly cells: readonly number[] }
}
/** What may be shown of it: null stands for "hidden". */
export type ShownLine = { readonly total: number | null; readonly cells: readonly (number | null)[] }

/** A count of fewer persons could point at one of them (14.2). */
export const smallest = 5

export const isSmall = (count: number) => count > 0 && count < smallest

/**
 * Which lines of a table hide something, so that no count under five can be had by subtraction from the sums, which are shown
 * (complementary suppression). Lines that hold a small count are hidden; then, the smallest first, as many more as it takes until in every
 * column the hidden ones sum up to none or to five and more. Then each hidden count may, for all anybody can reckon from what is shown, as
 * well be five or more. The sums themselves must be none or at least five in every column; hiding all lines always suffices then.
 *
 * @param lines counts, the same columns in each
 * @param already lines that must be hidden anyway
 */
function chooseHidden(lines: readonly (readonly number[])[], already: ReadonlySet<number>): Set<number> {
  const hidden = new Set(already)
  for (const [index, line] of lines.entries()) if (line.some(isSmall)) hidden.add(index)
  const weight = (index: number) => (lines[index] ?? []).reduce((sum, count) => sum + count, 0)
  const rest = lines
    .map((_, index) => index)
    .filter((index) => !hidden.has(index) && weight(index) > 0)
    .toSorted((a, b) => weight(a) - weight(b) || a - b)
  const width = lines[0]?.length ?? 0
  const isSafe = () => {
    for (let column = 0; column < width; column++) {
      let sum = 0
      for (const index of hidden) sum += lines[index]?.[column] ?? 0
      if (isSmall(sum)) return false
    }
    return true
  }
  while (!isSafe()) {
    const next = rest.shift()
    if (next === undefined) break
    hidden.add(next)
  }
  return hidden
}

/**
 * Columns as they may be shown at all: those whose sum over the whole table is small are counted together with the next smallest, until
 * what is counted together is five or more. Answers for each column the columns it is shown with (itself alone, as a rule).
 *
 * @param sums of each column over everything that the reader may ask for
 */
export function joinSmallColumns(sums: readonly number[]): number[][] {
  const order = sums.map((_, column) => column).toSorted((a, b) => (sums[a] ?? 0) - (sums[b] ?? 0) || a - b)
  const joined = order.filter((column) => isSmall(sums[column] ?? 0))
  const sumOf = () => joined.reduce((sum, column) => sum + (sums[column] ?? 0), 0)
  const rest = order.filter((column) => (sums[column] ?? 0) >= smallest)
  while (isSmall(sumOf())) {
    const next = rest.shift()
    if (next === undefined) break
    joined.push(next)
  }
  const groups = sums.map((_, column) => [column]).filter(([column = -1]) => !joined.includes(column))
  return joined.length > 0 ? [...groups, joined.toSorted((a, b) => a - b)] : groups
}

/**
 * What may be shown of the lines below one that is shown. When that one is hidden itself, all below it is.
 *
 * @param above how the line above is shown: its total, its cells
 */
export function suppressLines(lines: readonly CountLine[], above: { total: boolean; cells: boolean }): ShownLine[] {
  const everything = new Set(lines.keys())
  const totals = above.total
    ? chooseHidden(
        lines.map((line) => [line.total, line.moved?.total ?? 0]),
        new Set(),
      )
    : everything
  const cells =
    above.total && above.cells
      ? chooseHidden(
          lines.map((line) => [...line.cells, ...(line.moved?.cells ?? [])]),
          totals,
        )
      : everything
  return lines.map((line, index) => ({
    total: totals.has(index) ? null : line.total,
    cells: line.cells.map((count) => (cells.has(index) ? null : count)),
  }))
}
