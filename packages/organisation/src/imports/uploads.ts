import {
  SpreadsheetRefusal,
  openTable,
  type Column,
  type Limits,
  type Table,
  type TableRow,
} from '@gonglian/spreadsheets'
import { DomainError, type FieldError, type MessageParams } from '@gonglian/tenancy'

const refusals = {
  notReadable: 'organisation.import.notReadable',
  locked: 'organisation.import.locked',
  noSheet: 'organisation.import.noSheet',
  tooLarge: 'organisation.import.tooLarge',
  tooSlow: 'organisation.import.tooSlow',
  badSign: 'organisation.import.badSign',
} as const

/** A table that somebody sent; its refusals are those of the product. */
export type UploadTable<Key extends string> = Pick<Table<Key>, 'head' | 'rows' | 'close'>

/**
 * Opens a file that somebody sent as a table, in a thread of its own (docs/decisions/0017, 0025). `limits.rows` counts the empty ones too.
 * Who opens it reads its rows or closes it.
 *
 * @throws DomainError invalid organisation.import.notReadable, .locked, .noSheet, .tooLarge, .tooSlow, .badSign
 */
export async function openUpload<Key extends string>(
  file: Uint8Array,
  columns: readonly Column<Key>[],
  limits: Partial<Limits> & Pick<Limits, 'rows'>,
): Promise<UploadTable<Key>> {
  try {
    const table = await openTable(file, columns, { limits })
    return { head: table.head, close: table.close, rows: () => refuseRows(table.rows(), limits.rows) }
  } catch (error) {
    throw toRefusal(error, limits.rows)
  }
}

async function* refuseRows<Key extends string>(
  rows: AsyncGenerator<TableRow<Key>>,
  most: number,
): AsyncGenerator<TableRow<Key>> {
  try {
    yield* rows
  } catch (error) {
    throw toRefusal(error, most)
  }
}

function toRefusal(error: unknown, rows: number): unknown {
  if (!(error instanceof SpreadsheetRefusal)) return error
  const key = refusals[error.reason]
  const params: MessageParams = { rows, ...(error.line === null ? {} : { line: error.line }) }
  const fields: FieldError[] = error.line === null ? [] : [{ path: 'line', key, params }]
  return new DomainError('invalid', key, { params, fields })
}
