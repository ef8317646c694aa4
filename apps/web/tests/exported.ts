import { readRows } from '@gonglian/organisation/testing'
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
  const book = (await readRows(await press('tables.export.xlsx'))).map(({ cells }) => trim(cells))
  const text = (await readRows(await press('tables.export.csv'))).map(({ cells }) => trim(cells))
  expect(text).toEqual(book)
  return book
}

/** Empty cells at the end of a line are none. */
function trim(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell !== '')
  return cells.slice(0, last + 1)
}
