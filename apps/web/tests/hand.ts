import type { Locator, Page } from 'playwright-core'
import type { MessageKey } from '@gonglian/ui/messages'
import { zh } from './words.ts'

type Params = Readonly<Record<string, string | number>>

/** The button with a text of the catalogue. */
export function findButton(place: Page | Locator, key: MessageKey, params: Params = {}): Locator {
  return place.getByRole('button', { name: zh(key, params), exact: true })
}

export function press(place: Page | Locator, key: MessageKey, params: Params = {}): Promise<void> {
  return findButton(place, key, params).click()
}

/** The open dialog. */
export function findDialog(page: Page): Locator {
  return page.locator('dialog[open]')
}

/** Waits until a text stands on the page. */
export function see(place: Page | Locator, text: string): Promise<void> {
  return place.getByText(text).first().waitFor()
}
