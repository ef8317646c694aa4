import { writeValue, type CellValue } from './written-cells.ts'

/** Signs that nobody sees, and that some programs take off before they look for a formula. */
const unseen = /^[\s\p{Cc}\p{Cf}\p{Zs}\u115f\u1160\u3164\uffa0]+/u

/** The sign in front by which Excel and WPS know UTF-8. */
export const csvMark = '\uFEFF'

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front, however it hides the sign: full-width, or behind signs that
 * nobody sees. Signed numbers stay numbers.
 */
function disarm(text: string): string {
  if (/^[+-]?\d+(\.\d+)?%?$/.test(text)) return text
  const seen = text.normalize('NFKC').replace(unseen, '')
  return /^[=+\-@\u2212\ufe63]/.test(seen) || /^[\t\r]/.test(text) ? `'${text}` : text
}

/** A cell as a spreadsheet reads it back. */
function writeField(value: CellValue): string {
  const text = typeof value === 'string' ? disarm(value) : writeValue(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line (RFC 4180). A file begins with `csvMark`. */
export function writeCsvLine(cells: readonly CellValue[]): string {
  return `${cells.map(writeField).join(',')}\r\n`
}

/** A list as CSV that Excel and WPS open as UTF-8. */
export function writeCsv<Row>(
  columns: readonly { readonly title: string; readonly value: (row: Row) => CellValue }[],
  rows: readonly Row[],
): string {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ value }) => value(row)))]
  return csvMark + lines.map(writeCsvLine).join('')
}
