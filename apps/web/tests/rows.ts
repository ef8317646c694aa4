import type { Locator, Page } from 'playwright-core'
import type { MessageKey } from '@gonglian/ui/messages'
import { press } from './hand.ts'
import { zh } from './words.ts'

const findRows = (place: Page | Locator, table: MessageKey): Locator =>
  place.getByRole('group', { name: zh(table), exact: true })

/** The cell of a table that is filled in. */
export function findCell(place: Page | Locator, table: MessageKey, column: MessageKey, row: number): Locator {
  return findRows(place, table).getByLabel(zh('acts.cell', { label: zh(column), row }), { exact: true })
}

export function addRow(place: Page | Locator, table: MessageKey): Promise<void> {
  return press(findRows(place, table), 'acts.row.add')
}
