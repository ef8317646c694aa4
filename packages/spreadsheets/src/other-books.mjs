import { createRequire } from 'node:module'
import { openArchive } from './archive.mjs'
import { readDay, readNumber, showsDay } from './numbers.mjs'
import { SpreadsheetRefusal } from './refusals.mjs'

/**
 * @typedef {import('./limits.ts').Limits} Limits
 * @typedef {import('./limits.ts').SheetRow} SheetRow
 * @typedef {import('./limits.ts').CellKind} CellKind
 * @typedef {import('./files.mjs').OpenFile} OpenFile
 */

/** The names of errors behind their numbers in old files. */
const errors = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
])

/** The library is loaded when a file needs it; as CommonJS it brings the code pages of old files. */
const load = () => /** @type {typeof import('@e965/xlsx')} */ (createRequire(import.meta.url)('@e965/xlsx'))

/**
 * .xls and .et, and what lies in the same container: workbooks with a password.
 * @param {Uint8Array} file
 * @param {Limits} limits
 */
export function openOtherBinary(file, limits) {
  return open(file, 'buffer', limits)
}

/**
 * .xlsb and .ods. Their parts are unpacked once to see that none is more than the directory says.
 * @param {Uint8Array} file
 * @param {Limits} limits
 */
export function openOtherArchive(file, limits) {
  if (file.length > limits.wholeBytes) throw new SpreadsheetRefusal('tooLarge')
  const archive = openArchive(file, limits.wholeBytes * 8)
  for (const name of archive.names) {
    let text = ''
    for (const piece of archive.read(name)) if (name === 'META-INF/manifest.xml') text += piece
    if (text.includes('encryption-data')) throw new SpreadsheetRefusal('locked')
  }
  return open(file, 'buffer', limits)
}

/**
 * A table in HTML, or in the XML of Excel 2003; much office software calls them .xls.
 * @param {string} text
 * @param {Limits} limits
 */
export function openOtherText(text, limits) {
  if (!/<table[\s>]|urn:schemas-microsoft-com:office:spreadsheet/i.test(text.slice(0, 100_000)))
    throw new SpreadsheetRefusal('notReadable')
  return open(text, 'string', limits)
}

/**
 * @param {Uint8Array | string} content
 * @param {'buffer' | 'string'} type
 * @param {Limits} limits
 * @returns {OpenFile}
 */
function open(content, type, limits) {
  if (content.length > limits.wholeBytes) throw new SpreadsheetRefusal('tooLarge')
  const book = readBook(content, type, limits)
  const is1904 = book.Workbook?.WBProps?.date1904 === true
  const sheets = book.SheetNames.map((name, place) => ({
    name,
    isShown: (book.Workbook?.Sheets?.[place]?.Hidden ?? 0) === 0,
  }))
  return {
    sheets,
    read(wanted) {
      const name = wanted ?? (sheets.find(({ isShown }) => isShown) ?? sheets[0])?.name
      const sheet = name === undefined ? undefined : book.Sheets[name]
      if (!sheet) throw new SpreadsheetRefusal(wanted === undefined ? 'notReadable' : 'noSheet')
      return readRows(sheet['!data'] ?? [], limits, is1904)
    },
  }
}

/** @param {Uint8Array | string} content @param {'buffer' | 'string'} type @param {Limits} limits */
function readBook(content, type, limits) {
  try {
    return load().read(content, {
      type,
      raw: true,
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      cellFormula: false,
      codepage: 936,
      sheetRows: limits.rows + 1,
    })
  } catch (error) {
    const isLocked = /password|encrypt/i.test(error instanceof Error ? error.message : '')
    throw new SpreadsheetRefusal(isLocked ? 'locked' : 'notReadable')
  }
}

/**
 * @param {readonly (readonly import('@e965/xlsx').CellObject[] | undefined)[]} lines
 * @param {Limits} limits
 * @param {boolean} is1904
 * @returns {Generator<SheetRow>}
 */
function* readRows(lines, limits, is1904) {
  let cellCount = 0
  if (lines.length > limits.rows) throw new SpreadsheetRefusal('tooLarge')
  for (const [place, line] of lines.entries()) {
    if (!line || line.length === 0) continue
    /** @type {string[]} */
    const cells = []
    /** @type {CellKind[]} */
    const kinds = []
    for (const cell of line.slice(0, limits.columns)) {
      if (++cellCount > limits.cells) throw new SpreadsheetRefusal('tooLarge')
      const [text, kind] = cell ? readCell(cell, is1904) : ['', /** @type {CellKind} */ ('empty')]
      if (text.length > limits.text) throw new SpreadsheetRefusal('tooLarge')
      cells.push(text)
      kinds.push(kind)
    }
    yield { line: place + 1, cells, kinds }
  }
}

/** @param {import('@e965/xlsx').CellObject} cell @param {boolean} is1904 @returns {[string, CellKind]} */
function readCell({ t: type, v: value, z: format }, is1904) {
  if (value === undefined || value === '') return ['', 'empty']
  if (type === 'e') return [errors.get(Number(value)) ?? '#VALUE!', 'error']
  if (type === 'b') return [value === true ? 'TRUE' : 'FALSE', 'boolean']
  if (value instanceof Date) return [value.toISOString().slice(0, 10), 'day']
  if (type !== 'n') return [String(value), 'text']
  const day = typeof format === 'string' && showsDay(-1, format) ? readDay(String(value), is1904) : null
  return day === null ? [readNumber(String(value)) ?? String(value), 'number'] : [day, 'day']
}
