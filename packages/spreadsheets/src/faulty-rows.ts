import type { WrittenLine } from './sheet-writer.ts'
import { writeSheets } from './workbook-writer.ts'

/** A row that was refused, as it stood in the file, and why in words. */
export type FaultyRow = {
  readonly line: number
  readonly cells: readonly string[]
  /** Places of the cells that are wrong. */
  readonly places: readonly number[]
  readonly reasons: readonly string[]
}

/**
 * The rows of a file that were refused, as a workbook to mend and to send again: the same columns under the same heads, the faulty cells
 * marked, and in front the line of the file and the reasons. A file read again ignores those two columns.
 */
export function writeFaultyRows(
  titles: {
    readonly sheet: string
    readonly line: string
    readonly reasons: string
    readonly columns: readonly string[]
  },
  rows: Iterable<FaultyRow>,
): AsyncGenerator<Uint8Array> {
  const head = [titles.line, titles.reasons, ...titles.columns]
  return writeSheets([
    {
      name: titles.sheet,
      frozen: 1,
      columns: head.map((_, place) => ({ width: place === 1 ? 40 : 16, style: place < 2 ? 'plain' : 'text' })),
      lines: writeLines(head, rows),
      choices: [],
      notes: [],
    },
  ])
}

function* writeLines(head: readonly string[], rows: Iterable<FaultyRow>): Generator<WrittenLine[]> {
  yield [{ cells: head, style: 'head' }]
  for (const { line, cells, places, reasons } of rows)
    yield [{ cells: [line, reasons.join('；'), ...cells], faulty: new Set(places.map((place) => place + 2)) }]
}
