import type { Column } from './columns.ts'
import type { SheetRow } from './limits.ts'
import { matchColumns, toMapping, type ColumnMatch, type Mapping } from './matching.ts'

/** Rows among which the head is looked for; titles, units and notes stand above it. */
export const headRows = 20

export type Head<Key extends string> = {
  /** The line of the head, and the last where it has two. */
  readonly line: number
  readonly lastLine: number
  readonly matches: readonly ColumnMatch<Key>[]
  /** Required columns that were not found. */
  readonly missing: readonly Key[]
}

/**
 * The head of a table among its first rows: the one that names most columns, the required ones first. A head of two rows (a group of
 * columns above, its parts below) is taken where it names more than one row alone. Null: no row names a column.
 *
 * @param kept as `matchColumns`; with `line`, the head is the row there, and reaches to `lastLine` if that is given
 */
export function findHead<Key extends string>(
  rows: readonly SheetRow[],
  columns: readonly Column<Key>[],
  kept: { readonly mapping?: Mapping<Key>; readonly line?: number; readonly lastLine?: number } = {},
): Head<Key> | null {
  let best: { head: Head<Key>; worth: number } | null = null
  for (const [place, row] of rows.slice(0, headRows).entries()) {
    if (kept.line !== undefined && row.line !== kept.line) continue
    const below = rows[place + 1]
    if (kept.lastLine !== undefined)
      return judge(below?.line === kept.lastLine ? [row, below] : [row], columns, kept.mapping).head
    const one = judge([row], columns, kept.mapping)
    const two = below?.line === row.line + 1 ? judge([row, below], columns, kept.mapping) : null
    // Two rows are a head together only if both are needed: the lower one alone is looked at in its own turn.
    for (const candidate of two && below && two.worth > judge([below], columns, kept.mapping).worth
      ? [one, two]
      : [one])
      if (candidate.worth > (best?.worth ?? 0)) best = candidate
  }
  return best?.head ?? null
}

function judge<Key extends string>(
  rows: readonly SheetRow[],
  columns: readonly Column<Key>[],
  mapping: Mapping<Key> | undefined,
): { head: Head<Key>; worth: number } {
  const [first, last = first] = rows
  const titles = first && last && first !== last ? joinTitles(first.cells, last.cells) : listTitles(first?.cells ?? [])
  const matches = matchColumns(titles, columns, mapping)
  const found = toMapping(matches)
  const missing = columns.filter(({ key, isRequired }) => isRequired === true && !found.has(key)).map(({ key }) => key)
  const required = columns.filter(({ isRequired }) => isRequired === true).length
  const worth = found.size + (required - missing.length) * columns.length
  return { worth, head: { line: first?.line ?? 1, lastLine: last?.line ?? 1, matches, missing } }
}

const listTitles = (cells: readonly string[]) => cells.map((title) => [title])

/** The title above stands in the first of its cells; it holds for the empty ones to the right of it that have a title below. */
function joinTitles(above: readonly string[], below: readonly string[]): string[][] {
  let group = ''
  return Array.from({ length: Math.max(above.length, below.length) }, (_, place) => {
    const over = above[place] ?? ''
    const under = below[place] ?? ''
    if (over.trim() !== '') group = over
    else if (under.trim() === '') group = ''
    return under.trim() === '' ? [over] : [`${group}${under}`, under]
  })
}
