import { readDay, readNumber } from './numbers.mjs'
import { SpreadsheetRefusal } from './refusals.mjs'
import { openParts } from './parts.mjs'
import { readXml } from './xml.mjs'

/**
 * @typedef {import('./limits.ts').Limits} Limits
 * @typedef {import('./limits.ts').SheetRow} SheetRow
 * @typedef {import('./limits.ts').CellKind} CellKind
 */

/** "AB12" -> 27; no letters: -1. @param {string} reference */
function columnOf(reference) {
  let column = 0
  for (let at = 0; at < reference.length && at < 4; at++) {
    const letter = reference.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}

/**
 * An Excel workbook (.xlsx, .xlsm): its sheets, and the rows of one of them. In memory are the compressed file, its shared texts and one
 * piece of the sheet.
 * @param {import('./archive.mjs').Archive} archive
 * @param {Limits} limits
 * @returns {import('./files.mjs').OpenFile}
 */
export function openWorkbook(archive, limits) {
  const parts = openParts(archive, limits)
  return {
    sheets: parts.sheets.map(({ name, isShown }) => ({ name, isShown })),
    read: (wanted) => readSheet(archive, parts, parts.findSheet(wanted), limits),
  }
}

/**
 * @param {import('./archive.mjs').Archive} archive
 * @param {ReturnType<typeof openParts>} parts
 * @param {string} sheet
 * @param {Limits} limits
 * @returns {Generator<SheetRow>}
 */
function* readSheet(archive, parts, sheet, limits) {
  const shared = parts.readShared()
  const dayStyles = parts.readDayStyles()
  /** @type {SheetRow[]} */
  const ready = []
  let rows = 0
  let cellCount = 0
  let line = 0
  /** @type {string[]} */
  let cells = []
  /** @type {CellKind[]} */
  let kinds = []
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let isReading = false
  let inReading = false

  const endCell = () => {
    if (column >= limits.columns) return
    const [text, kind] = readCell(type, value, dayStyles.has(style), parts.is1904, shared)
    while (cells.length < column) {
      cells.push('')
      kinds.push('empty')
    }
    cells[column] = text
    kinds[column] = kind
  }
  const listener = {
    /** @param {string} name @param {Record<string, string>} attributes */
    open(name, attributes) {
      if (name === 'row') {
        if (++rows > limits.rows) throw new SpreadsheetRefusal('tooLarge')
        const stated = Number(attributes['r'] ?? line + 1)
        line = Number.isSafeInteger(stated) && stated > 0 ? stated : line + 1
        cells = []
        kinds = []
        column = -1
      } else if (name === 'c') {
        if (++cellCount > limits.cells) throw new SpreadsheetRefusal('tooLarge')
        const stated = columnOf(attributes['r'] ?? '')
        column = stated < 0 ? column + 1 : stated
        type = attributes['t'] ?? 'n'
        style = Number(attributes['s'] ?? 0)
        value = ''
      } else if (name === 'rPh') inReading = true
      else if (name === 'v' || name === 't') isReading = !inReading
    },
    /** @param {string} name */
    close(name) {
      if (name === 'v' || name === 't') isReading = false
      else if (name === 'rPh') inReading = false
      else if (name === 'c') endCell()
      else if (name === 'row' && cells.length > 0) ready.push({ line, cells, kinds })
    },
    /** @param {string} text */
    text(text) {
      if (!isReading) return
      value += text
      if (value.length > limits.text) throw new SpreadsheetRefusal('tooLarge')
    },
  }
  for (const _piece of readXml(archive.read(sheet), listener)) yield* ready.splice(0)
}

/**
 * @param {string} type
 * @param {string} value
 * @param {boolean} isDay
 * @param {boolean} is1904
 * @param {readonly string[]} shared
 * @returns {[string, CellKind]}
 */
function readCell(type, value, isDay, is1904, shared) {
  if (type === 's') return readText(value.trim() === '' ? '' : (shared[Number(value)] ?? ''))
  if (type === 'inlineStr' || type === 'str') return readText(value)
  if (value === '') return ['', 'empty']
  if (type === 'e') return [value, 'error']
  if (type === 'b') return [value.trim() === '1' || value.trim() === 'true' ? 'TRUE' : 'FALSE', 'boolean']
  if (type === 'd') return /^\d{4}-\d\d-\d\d/.test(value) ? [value.slice(0, 10), 'day'] : [value, 'text']
  const day = isDay ? readDay(value, is1904) : null
  if (day !== null) return [day, 'day']
  const number = readNumber(value)
  return number === null ? [value, 'text'] : [number, 'number']
}

/** @param {string} text @returns {[string, CellKind]} */
function readText(text) {
  if (text === '') return ['', 'empty']
  const plain = text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_whole, code) => String.fromCharCode(parseInt(code, 16)))
    : text
  return [plain, 'text']
}
