import { SpreadsheetRefusal, readSpreadsheet, type Limits, type SheetRow } from '@gonglian/spreadsheets'
import { DomainError, type MessageParams } from '@gonglian/tenancy'

const refusals = {
  notReadable: 'organisation.import.notReadable',
  tooLarge: 'organisation.import.tooLarge',
  tooSlow: 'organisation.import.tooSlow',
  badSign: 'organisation.import.badSign',
} as const

/**
 * The rows of a file that somebody sent, read in a thread of its own (docs/decisions/0017). `limits.rows` counts the empty ones too.
 *
 * @throws DomainError invalid organisation.import.notReadable, .tooLarge, .tooSlow, .badSign
 */
export async function* readUpload(
  file: Uint8Array,
  limits: Partial<Limits> & Pick<Limits, 'rows'>,
): AsyncGenerator<SheetRow> {
  try {
    yield* readSpreadsheet(file, { limits })
  } catch (error) {
    if (!(error instanceof SpreadsheetRefusal)) throw error
    const params: MessageParams = { rows: limits.rows, ...(error.line === null ? {} : { line: error.line }) }
    throw new DomainError('invalid', refusals[error.reason], { params })
  }
}
