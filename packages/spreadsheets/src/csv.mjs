import { SpreadsheetRefusal } from './refusals.mjs'

/**
 * @typedef {import('./limits.ts').Limits} Limits
 * @typedef {import('./limits.ts').SheetRow} SheetRow
 */

const separators = [',', '\t', ';', '，']
/** Of a text with Chinese in UTF-8, so few broken places are damage; more are another encoding. */
const damagedShare = 0.02

/**
 * UTF-8 and UTF-16 with their mark, UTF-16 without, UTF-8, else GB 18030 as Excel on Chinese Windows writes it.
 * @param {Uint8Array} file
 */
function decode(file) {
  const [first, second] = file
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(file)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(file)
  if (first !== 0 && second === 0 && file[3] === 0) return new TextDecoder('utf-16le').decode(file)
  const text = new TextDecoder('utf-8').decode(file)
  const broken = countBroken(text)
  if (broken === 0) return text
  if (broken <= countWide(text) * damagedShare) return text
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(file)
  } catch {
    return text
  }
}

const brokenSign = '\uFFFD'

/** @param {string} text */
function countBroken(text) {
  let count = 0
  for (let at = text.indexOf(brokenSign); at >= 0; at = text.indexOf(brokenSign, at + 1)) count++
  return count
}

/** @param {string} text */
function countWide(text) {
  let count = 0
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) count++
  return count
}

/** The separator that stands most often at the beginning; titles above the head have none. @param {string} text */
function findSeparator(text) {
  const beginning = text.slice(0, 4_000)
  const counts = separators.map((separator) => beginning.split(separator).length)
  return separators[counts.indexOf(Math.max(...counts))] ?? ','
}

/** A cell without what people and programs put around digits, lest a spreadsheet count with them. @param {string} cell */
function withoutGuard(cell) {
  const plain = cell.startsWith('\t') ? cell.slice(1) : cell
  if (plain.startsWith('="') && plain.endsWith('"') && plain.length > 2) return plain.slice(2, -1)
  return /^'[\d=+\-@\t]/.test(plain) ? plain.slice(1) : plain
}

/**
 * The rows of a text file with separators (RFC 4180). A line is counted as a person sees it in Excel: a quoted line break does not begin
 * another.
 * @param {Uint8Array} file
 * @param {Limits} limits
 * @returns {Generator<SheetRow>}
 */
export function* readCsv(file, limits) {
  if (file.length > limits.bytes) throw new SpreadsheetRefusal('tooLarge')
  const text = decode(file)
  if (text.includes('\0')) throw new SpreadsheetRefusal('notReadable')
  const stated = /^sep=(.)\r?\n/.exec(text.slice(0, 8))
  const separator = stated?.[1] ?? findSeparator(text)
  let line = stated ? 2 : 1
  let rows = 0
  let cellCount = 0
  /** @type {string[]} */
  let cells = []
  let cell = ''
  let isQuoted = false
  const take = () => {
    if (cell.length > limits.text || ++cellCount > limits.cells) throw new SpreadsheetRefusal('tooLarge')
    if (cell.includes(brokenSign)) throw new SpreadsheetRefusal('badSign', line)
    if (cells.length < limits.columns) cells.push(withoutGuard(cell))
    cell = ''
  }
  for (let at = stated ? stated[0].length : 0; at <= text.length; at++) {
    const sign = text[at]
    if (isQuoted && sign !== undefined) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else isQuoted = false
    } else if (sign === '"' && cell.trim() === '') {
      cell = ''
      isQuoted = true
    } else if (sign === separator) take()
    else if (sign === '\n' || sign === '\r' || sign === undefined) {
      if (sign === '\r' && text[at + 1] === '\n') at++
      if (sign === undefined && cells.length === 0 && cell === '') return
      take()
      if (++rows > limits.rows) throw new SpreadsheetRefusal('tooLarge')
      if (cells.length > 1 || cells[0] !== '')
        yield { line, cells, kinds: cells.map((one) => (one === '' ? 'empty' : 'text')) }
      cells = []
      line++
    } else cell += sign
  }
}
