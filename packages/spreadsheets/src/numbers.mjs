const dayMs = 86_400_000
/** Day 0 as Excel counts from March 1900 on (it knows a 29 February 1900), and as old Macs count. */
const dayZero = { from1900: Date.UTC(1899, 11, 30), from1904: Date.UTC(1904, 0, 1) }
const lastDay = 2_958_465

/** The day behind a number, "2026-01-15"; the time of day is dropped. Null: no day. @param {string} text @param {boolean} is1904 */
export function readDay(text, is1904) {
  const days = Math.floor(Number(text))
  if (!Number.isFinite(days) || days < 1 || days > lastDay) return null
  const zero = is1904 ? dayZero.from1904 : days < 60 ? dayZero.from1900 + dayMs : dayZero.from1900
  return new Date(zero + days * dayMs).toISOString().slice(0, 10)
}

/**
 * A number as a person reads it: 1.3800138E10 and 1250.0 as whole numbers, 84.939999999999998 as 84.94. A spreadsheet keeps fifteen digits
 * of a number; the further ones are written, and mean nothing. Null: no number.
 * @param {string} text
 */
export function readNumber(text) {
  const plain = text.trim()
  if (/^-?[1-9]\d{0,29}$/.test(plain)) return plain
  const number = Number(plain)
  if (plain === '' || !Number.isFinite(number)) return null
  if (!Number.isInteger(number) || Math.abs(number) >= 1e30) return String(number)
  return number.toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 17 })
}

/** Formats that Excel has by number and that show a day. */
const dayFormats = new Set([14, 15, 16, 17, 22, ...[27, 28, 29, 30, 31, 34, 35, 36], ...[50, 51, 52, 53, 54, 57, 58]])

/** @param {number} id @param {string | undefined} format what the workbook itself says of it */
export function showsDay(id, format) {
  if (format === undefined) return dayFormats.has(id)
  const plain = format.slice(0, 255).replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, '')
  return /[ydYD年日]/.test(plain)
}
