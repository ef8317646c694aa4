import { writeCsv } from './csv.ts'
import { streamPieces } from './pieces.ts'
import { writeXlsx } from './xlsx.ts'

/** A column of a list's file. */
export type FileColumn<Row> = {
  readonly title: string
  /** Numbers as numbers (no thousands separators), so that a spreadsheet can go on calculating. */
  readonly value: (row: Row) => string | number | bigint | null | undefined
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/**
 * The answer of an `export.csv` and `export.xlsx` route: which of the two, the address says. `name`: the file without ending, in the
 * reader's language.
 */
export function sendTable<Row>(
  { request }: { readonly request: Request },
  name: string,
  columns: readonly FileColumn<Row>[],
  rows: readonly Row[],
): Response {
  const kind = new URL(request.url).pathname.endsWith('.xlsx') ? 'xlsx' : 'csv'
  const content = kind === 'xlsx' ? streamPieces(writeXlsx(name, columns, rows)) : writeCsv(columns, rows)
  return new Response(content, { headers: fileHeaders(name, kind) })
}

/** A name that is one file in one folder: no path, no sign that is not seen or that a file system refuses, not too long. */
function cleanFileName(name: string): string {
  const plain = name
    .replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '')
    .replaceAll(/[/\\:*?"<>|]/g, '-')
    .replaceAll(/^[.\s]+|[.\s]+$/g, '')
  return [...plain].slice(0, 80).join('') || 'export'
}

/** Of an answer that the browser keeps as a file. */
export function fileHeaders(name: string, kind: 'csv' | 'xlsx'): Record<string, string> {
  return {
    'Content-Type': types[kind],
    'Content-Disposition': `attachment; filename="export.${kind}"; filename*=UTF-8''${encodeURIComponent(`${cleanFileName(name)}.${kind}`)}`,
    'Cache-Control': 'no-store',
  }
}
