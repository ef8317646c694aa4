import { writeCsv, writeWorkbook, type Figure, type WrittenColumn } from '@gonglian/spreadsheets/writing'
import { streamPieces } from './pieces.ts'

/** A column of a list's file. Numbers are numbers (no thousands separators), so that a spreadsheet can go on calculating. */
export type FileColumn<Row> = WrittenColumn<Row>

/** A figure as the catalogue counts it, in units of 10 to the power of minus `scale`. */
export function toFigure(value: number | null | undefined, scale: number): Figure | null {
  return value === null || value === undefined ? null : { value, scale }
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
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
  const content = kind === 'xlsx' ? streamPieces(writeWorkbook(name, columns, rows)) : writeCsv(columns, rows)
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
export function fileHeaders(name: string, kind: keyof typeof types): Record<string, string> {
  return {
    'Content-Type': types[kind],
    'Content-Disposition': `attachment; filename="export.${kind}"; filename*=UTF-8''${encodeURIComponent(`${cleanFileName(name)}.${kind}`)}`,
    'Cache-Control': 'no-store',
  }
}
