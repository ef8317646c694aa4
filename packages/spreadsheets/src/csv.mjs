import { SpreadsheetRefusal } from './refusals.mjs'
import { splitSeparated } from './separated.mjs'
import { brokenSign } from './text.mjs'

/**
 * @typedef {import('./limits.ts').Limits} Limits
 * @typedef {import('./limits.ts').SheetRow} SheetRow
 */

/** A tab stands in a cell less often than a comma does: of separators that explain a text alike, the first is taken. */
const separators = ['\t', ',', ';', '，']

/**
 * The separator that cuts the greatest share of the first lines into the same number of cells; of several, the one that cuts finer. Titles above the
 * head have none.
 * @param {string} text
 */
function findSeparator(text) {
  const beginning = text.slice(0, 8_000)
  const judged = separators.map((separator) => {
    /** @type {Map<number, number>} */
    const lines = new Map()
    let all = 0
    for (const { cells } of splitSeparated(beginning, separator)) {
      all++
      if (cells.length > 1) lines.set(cells.length, (lines.get(cells.length) ?? 0) + 1)
    }
    const [cells = 1, count = 0] = [...lines].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
    return { separator, cells, share: count / Math.max(1, all) }
  })
  return judged.toSorted((a, b) => b.share - a.share || b.cells - a.cells)[0]?.separator ?? ','
}

/** A cell without what people and programs put around digits, lest a spreadsheet count with them. @param {string} cell */
function withoutGuard(cell) {
  const plain = cell.startsWith('\t') ? cell.slice(1) : cell
  if (plain.startsWith('="') && plain.endsWith('"') && plain.length > 2) return plain.slice(2, -1)
  return /^'[\d=+\-@\t]/.test(plain) ? plain.slice(1) : plain
}

/**
 * A text file with separators: one sheet without a name.
 * @param {string} text
 * @param {Limits} limits
 * @returns {import('./files.mjs').OpenFile}
 */
export function openCsv(text, limits) {
  return { sheets: [{ name: '', isShown: true }], read: () => readLines(text, limits) }
}

/** @param {string} text @param {Limits} limits @returns {Generator<SheetRow>} */
function* readLines(text, limits) {
  const stated = /^sep=(.)(?:\r\n|\r|\n)/.exec(text.slice(0, 8))
  const plain = stated ? text.slice(stated[0].length) : text
  let rows = 0
  let cellCount = 0
  for (const { line: place, cells: found } of splitSeparated(plain, stated?.[1] ?? findSeparator(plain))) {
    const line = stated ? place + 1 : place
    cellCount += found.length
    if (++rows > limits.rows || cellCount > limits.cells) throw new SpreadsheetRefusal('tooLarge')
    for (const cell of found) {
      if (cell.length > limits.text) throw new SpreadsheetRefusal('tooLarge')
      if (cell.includes(brokenSign)) throw new SpreadsheetRefusal('badSign', line)
    }
    const cells = found.slice(0, limits.columns).map(withoutGuard)
    if (cells.length > 1 || cells[0] !== '')
      yield { line, cells, kinds: cells.map((one) => (one === '' ? 'empty' : 'text')) }
  }
}
