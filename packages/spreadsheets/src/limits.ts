export type CellKind = 'empty' | 'text' | 'number' | 'day' | 'boolean' | 'error'

/** A sheet of a workbook, as its tab names it. A text file is one sheet without a name. */
export type Sheet = { readonly name: string; readonly isShown: boolean }

/**
 * A row of a sheet: its line as a person counts (1 is the first), the text of its cells, and what each cell was. A day is
 * "2026-01-15" without the time; a cell whose formula failed holds "#N/A" or the like and is of kind `error`. The cells of a text file
 * are all of kind `text`.
 */
export type SheetRow = {
  readonly line: number
  readonly cells: readonly string[]
  readonly kinds: readonly CellKind[]
}

/** What reading one file may cost. Rows and cells are counted as they are read, the empty ones too. */
export type Limits = {
  /** Of the file as it is unpacked. */
  readonly bytes: number
  /** Of a file that is held in memory whole while it is read: .xls, .et, .xlsb, .ods, tables in HTML or XML. */
  readonly wholeBytes: number
  readonly rows: number
  readonly cells: number
  /** Further columns are left out. */
  readonly columns: number
  /** Signs of one cell. */
  readonly text: number
  /** Time that the reading itself takes, in seconds; what the caller does with the rows meanwhile does not count. */
  readonly seconds: number
  /** Memory of the reading thread. */
  readonly megabytes: number
}

/** Enough for a register of 100,000 members with all columns and borders around empty rows. */
export const usualLimits: Limits = {
  bytes: 300_000_000,
  wholeBytes: 12_000_000,
  rows: 200_000,
  cells: 3_000_000,
  columns: 200,
  text: 32_767,
  seconds: 60,
  megabytes: 384,
}
