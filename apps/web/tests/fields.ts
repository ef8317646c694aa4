import type { Locator, Page } from 'playwright-core'
import type { MessageKey } from '@gonglian/ui/messages'
import { findDialog, press } from './hand.ts'
import { zh } from './words.ts'

/** The field with a label of the catalogue. */
export function findField(place: Page | Locator, label: MessageKey): Locator {
  return place.getByLabel(zh(label), { exact: true })
}

/** Types into a field that searches a register, and chooses what it brings up. */
export async function choose(place: Page | Locator, label: MessageKey, search: string): Promise<void> {
  await findField(place, label).fill(search)
  const found = place.getByRole('combobox', { name: zh('acts.found', { label: zh(label) }), exact: true })
  const option = found.locator('option', { hasText: search }).first()
  await option.waitFor({ state: 'attached' })
  await found.selectOption(await option.getAttribute('value'))
}

/** Ticks people of the body in a field that lists them by name and account. */
export async function pickColleagues(place: Page | Locator, usernames: readonly (string | null)[]): Promise<void> {
  for (const username of usernames) await findColleague(place, username).check()
}

export function findColleague(place: Page | Locator, username: string | null): Locator {
  return place.getByLabel(new RegExp(`\\(${username}\\)$`))
}

/** Opens what a button asks, waits for it, and gives it back. */
export async function openDialog(
  page: Page,
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
  place: Page | Locator = page,
): Promise<Locator> {
  await press(place, key, params)
  const dialog = findDialog(page)
  await dialog.waitFor()
  return dialog
}

/** Presses the button that does what an open dialog asked, and waits until it is done. */
export async function finish(
  dialog: Locator,
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  await press(dialog, key, params)
  await dialog.waitFor({ state: 'hidden' })
}

/** What stands against a field, below it. */
export async function readFault(field: Locator): Promise<string> {
  const id = await field.getAttribute('aria-describedby')
  return field.page().locator(`[id="${id}"]`).innerText()
}
