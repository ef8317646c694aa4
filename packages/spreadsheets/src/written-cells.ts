/** A figure as it is counted: `value` in units of 10 to the power of minus `scale`, so { value: 8494, scale: 2 } is 84.94. */
export type Figure = { readonly value: number | bigint; readonly scale: number }

/** A day, "2026-01-15": a spreadsheet can sort it and count with it. */
export type Day = { readonly day: string }

/** What a cell of a written file may be. Text is text, whatever it looks like; numbers are numbers. */
export type CellValue = string | number | bigint | Figure | Day | null | undefined

/** Digits that a spreadsheet keeps of a number. */
const keptDigits = 15

/** A figure in digits, as a person writes it: "84.9", without thousands separators. */
export function writeFigure({ value, scale }: Figure): string {
  const digits = String(value < 0 ? -value : value).padStart(scale + 1, '0')
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '')
  return `${value < 0 ? '-' : ''}${digits.slice(0, digits.length - scale)}${fraction === '' ? '' : `.${fraction}`}`
}

/** What a cell says in a text file. */
export function writeValue(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  return 'day' in value ? value.day : writeFigure(value)
}

/** The digits of a number that a spreadsheet can hold; null: the value is a text, or has more digits than a spreadsheet keeps. */
export function toNumberText(value: CellValue): string | null {
  if (value === null || value === undefined || typeof value === 'string') return null
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null
  if (typeof value === 'object' && 'day' in value) return toSerial(value.day)
  const text = typeof value === 'bigint' ? String(value) : writeFigure(value)
  return text.replaceAll(/\D|^-?0+\.?0*/g, '').length <= keptDigits ? text : null
}

/** A day as spreadsheets count it from March 1900 on; earlier ones stay text. */
function toSerial(day: string): string | null {
  const at = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(at) || day < '1900-03-01' ? null : String(at / 86_400_000 + 25_569)
}
