import {
  SpreadsheetRefusal,
  openTable,
  type Column,
  type Limits,
  type Table,
  type TableOptions,
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

/**
 * Opens a file that somebody sent as a table, in a thread of its own (docs/decisions/0017, 0025); its refusals are those of the product.
 * `limits.rows` counts the empty ones too. Who opens it reads its rows or closes it.
 *
 * @throws DomainError invalid organisation.import.notReadable, .locked, .noSheet, .tooLarge, .tooSlow, .badSign
 */
export async function openUpload<Key extends string>(
  file: Uint8Array,
  columns: readonly Column<Key>[],
  limits: Partial<Limits> & Pick<Limits, 'rows'>,
  chosen: Omit<TableOptions<Key>, 'limits'> = {},
): Promise<Table<Key>> {
  try {
    const table = await openTable(file, columns, { ...chosen, limits })
    return { ...table, rows: () => refuseRows(table.rows(), limits.rows) }
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
