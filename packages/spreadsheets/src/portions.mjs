/**
 * Rows on their way from the reading thread: one array of texts and numbers beside it, which is sent in a third of the time that rows take
 * as objects.
 * @typedef {import('./limits.ts').SheetRow} SheetRow
 * @typedef {import('./limits.ts').CellKind} CellKind
 * @typedef {{
 *   readonly lines: Int32Array
 *   readonly lengths: Int32Array
 *   readonly kinds: Uint8Array
 *   readonly texts: readonly string[]
 *   readonly isEnd: boolean
 * }} Portion `lengths`: the number of cells of each row
 */

/** @type {readonly CellKind[]} */
const kindNames = ['empty', 'text', 'number', 'day', 'boolean', 'error']
const kindNumbers = new Map(kindNames.map((name, number) => [name, number]))

/** @param {readonly SheetRow[]} rows @param {boolean} isEnd @returns {Portion} */
export function packRows(rows, isEnd) {
  const lengths = Int32Array.from(rows, ({ cells }) => cells.length)
  const kinds = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  /** @type {string[]} */
  const texts = []
  for (const { cells, kinds: own } of rows)
    for (const [place, text] of cells.entries())
      kinds[texts.push(text) - 1] = kindNumbers.get(own[place] ?? 'empty') ?? 0
  return { lines: Int32Array.from(rows, ({ line }) => line), lengths, kinds, texts, isEnd }
}

/** @param {Portion} portion @returns {Generator<SheetRow>} */
export function* unpackRows({ lines, lengths, kinds, texts }) {
  let at = 0
  for (const [place, line] of lines.entries()) {
    const end = at + (lengths[place] ?? 0)
    const own = Array.from(kinds.subarray(at, end), (number) => kindNames[number] ?? 'empty')
    yield { line, cells: texts.slice(at, end), kinds: own }
    at = end
  }
}
