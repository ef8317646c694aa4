import type { FileColumn } from './table-file.ts'

/** Signs that nobody sees, and that some programs take off before they look for a formula. */
const unseen = /^[\s\p{Cc}\p{Cf}\p{Zs}\u115f\u1160\u3164\uffa0]+/u

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front, however it hides the sign: full-width, or behind signs that
 * nobody sees. Signed numbers stay numbers.
 */
function disarm(text: string): string {
  if (/^[+-]?\d+(\.\d+)?%?$/.test(text)) return text
  const seen = text.normalize('NFKC').replace(unseen, '')
  return /^[=+\-@\u2212\ufe63]/.test(seen) || /^[\t\r]/.test(text) ? `'${text}` : text
}

/** A field as a spreadsheet reads it back. */
export function writeField(value: string | number | bigint | null | undefined): string {
  const text = typeof value === 'string' ? disarm(value) : value === null || value === undefined ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A list as CSV (RFC 4180) that Excel and WPS open as UTF-8: they need the mark in front. */
export function writeCsv<Row>(columns: readonly FileColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ title }) => writeField(title)),
    ...rows.map((row) => columns.map(({ value }) => writeField(value(row)))),
  ]
  return `\uFEFF${lines.map((fields) => `${fields.join(',')}\r\n`).join('')}`
}
