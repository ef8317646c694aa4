import { readSpreadsheet } from '@gonglian/spreadsheets'

/** All rows of a file: their lines and texts. */
export async function readRows(file: Uint8Array): Promise<{ line: number; cells: readonly string[] }[]> {
  const rows = []
  for await (const { line, cells } of readSpreadsheet(file)) rows.push({ line, cells })
  return rows
}
