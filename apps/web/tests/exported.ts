import { readSpreadsheet, type SheetRow } from '@gonglian/spreadsheets'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { download } from './download.ts'
import { zh } from './words.ts'

/**
 * Takes both files of a list off the page, as a person does, and reads them as a spreadsheet would: the heads and the rows below. The two
 * must say the same.
 */
export async function readExports(page: Page, place: Page | Locator = page): Promise<readonly (readonly string[])[]> {
  const press = (kind: 'tables.export.xlsx' | 'tables.export.csv') =>
    download(page, () => place.getByRole('link', { name: zh(kind), exact: true }).click())
  const book = await readCells(await press('tables.export.xlsx'))
  const text = await readCells(await press('tables.export.csv'))
  expect(text).toEqual(book)
  return book
}

/** The rows of a file with their lines. */
export async function readSheet(file: Uint8Array): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const row of readSpreadsheet(file)) rows.push(row)
  return rows
}

async function readCells(file: Uint8Array): Promise<string[][]> {
  return (await readSheet(file)).map(({ cells }) => trim(cells))
}

/** Empty cells at the end of a line are none. */
function trim(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell !== '')
  return cells.slice(0, last + 1)
}
