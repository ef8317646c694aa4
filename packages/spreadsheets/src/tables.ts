import type { Column } from './columns.ts'
import { findHead, headRows, type Head } from './heads.ts'
import type { CellKind, Limits, Sheet, SheetRow } from './limits.ts'
import { toMapping, type Mapping } from './matching.ts'
import { openSpreadsheet, type OpenSpreadsheet } from './reader.ts'

/** A row below the head: its cells by what they hold. A column that the file lacks is empty. */
export type TableRow<Key extends string> = SheetRow & {
  readonly find: (key: Key) => { readonly text: string; readonly kind: CellKind; readonly place: number | null }
}

/** A file read as a table. */
export type Table<Key extends string> = {
  readonly sheets: readonly Sheet[]
  /** The sheet that is read. */
  readonly sheet: string
  /** Null: no sheet has a head that names a column. */
  readonly head: Head<Key> | null
  /** The rows at the top that are not blank, among which the head is. */
  readonly top: readonly SheetRow[]
  /** Below the head, in order, without blank rows and repeated heads. To be read once; ends the reading. */
  readonly rows: () => AsyncGenerator<TableRow<Key>>
  readonly close: () => Promise<void>
}

export type TableOptions<Key extends string> = {
  readonly limits?: Partial<Limits>
  /** The sheet that somebody chose; else the first shown one whose head has every required column. */
  readonly sheet?: string
  /** Places that somebody chose, and the line of the head. */
  readonly mapping?: Mapping<Key>
  readonly headLine?: number
  /** The last line of the head that somebody confirmed; else one or two rows, whichever names more. */
  readonly headLastLine?: number
}

type Begun<Key extends string> = {
  sheet: string
  head: Head<Key> | null
  first: SheetRow[]
  top: SheetRow[]
  rest: AsyncGenerator<SheetRow>
}

/**
 * Opens a file as a table of known columns: finds the sheet, the head among its first twenty rows and the columns by their names. Who
 * opens it closes it.
 *
 * @throws SpreadsheetRefusal
 */
export async function openTable<Key extends string>(
  file: Uint8Array,
  columns: readonly Column<Key>[],
  options: TableOptions<Key> = {},
): Promise<Table<Key>> {
  const open = await openSpreadsheet(file, options.limits ? { limits: options.limits } : {})
  try {
    const sheets = await open.listSheets()
    const begun = await findTable(open, sheets, columns, options)
    return {
      sheets,
      sheet: begun.sheet,
      head: begun.head,
      top: begun.top,
      rows: () => readRows(begun, open.close),
      close: open.close,
    }
  } catch (error) {
    await open.close()
    throw error
  }
}

async function findTable<Key extends string>(
  open: OpenSpreadsheet,
  sheets: readonly Sheet[],
  columns: readonly Column<Key>[],
  options: TableOptions<Key>,
): Promise<Begun<Key>> {
  const shown = sheets.filter(({ isShown }) => isShown)
  const wanted =
    options.sheet === undefined ? (shown.length > 0 ? shown : sheets.slice(0, 1)) : [{ name: options.sheet }]
  let best: Begun<Key> | null = null
  for (const { name } of wanted) {
    const begun = await begin(open, name, columns, options)
    if (begun.head?.missing.length === 0) return begun
    if (best === null || (best.head?.missing.length ?? Infinity) > (begun.head?.missing.length ?? Infinity))
      best = begun
  }
  // The sheet that comes nearest is begun again: one sheet is read at a time.
  return begin(open, best?.sheet, columns, options)
}

async function begin<Key extends string>(
  open: OpenSpreadsheet,
  sheet: string | undefined,
  columns: readonly Column<Key>[],
  { mapping, headLine, headLastLine }: TableOptions<Key>,
): Promise<Begun<Key>> {
  const rest = open.read(sheet)
  const first: SheetRow[] = []
  while (first.length <= headRows) {
    const next = await rest.next()
    if (next.done === true) break
    first.push(next.value)
  }
  const filled = first.filter((row) => !isBlank(row))
  const head = findHead(filled, columns, {
    ...(mapping ? { mapping } : {}),
    ...(headLine === undefined ? {} : { line: headLine }),
    ...(headLastLine === undefined ? {} : { lastLine: headLastLine }),
  })
  return { sheet: sheet ?? '', head, first, top: filled.slice(0, headRows), rest }
}

async function* readRows<Key extends string>(
  { head, first, rest }: Begun<Key>,
  close: () => Promise<void>,
): AsyncGenerator<TableRow<Key>> {
  try {
    if (head === null) return
    const places = toMapping(head.matches)
    for (const row of first) if (isData(row, head)) yield toTableRow(row, places)
    for await (const row of rest) if (isData(row, head)) yield toTableRow(row, places)
  } finally {
    await close()
  }
}

function isBlank({ cells }: SheetRow): boolean {
  return cells.every((cell) => cell.trim() === '')
}

/** Long tables repeat their head on every page. */
function isData<Key extends string>(row: SheetRow, head: Head<Key>): boolean {
  if (row.line <= head.lastLine || isBlank(row)) return false
  return !head.matches.every(({ key, place, title }) => key === null || (row.cells[place] ?? '') === title)
}

function toTableRow<Key extends string>(row: SheetRow, places: Mapping<Key>): TableRow<Key> {
  return {
    ...row,
    find(key) {
      const place = places.get(key)
      if (place === undefined) return { text: '', kind: 'empty', place: null }
      return { text: row.cells[place] ?? '', kind: row.kinds[place] ?? 'empty', place }
    },
  }
}
