import type { Locator, Page } from 'playwright-core'
import type { MessageKey } from '@gonglian/ui/messages'
import { findButton, see } from './hand.ts'
import { expectAccessible } from './screen.ts'
import { zh } from './words.ts'

type Params = Readonly<Record<string, string | number>>
/** Label and what is put there; `true` is a tick. */
export type Fields = readonly (readonly [MessageKey, string | true])[]

/** The window of an act is told from one that it stands in by its buttons. */
const box = 'dialog[open]:has(> .gl-dialog-box > .gl-dialog-foot)'

/** Presses what opens an act's window, and waits for it. */
export async function openAct(place: Page | Locator, key: MessageKey, params: Params = {}): Promise<Locator> {
  await findButton(place, key, params).first().click()
  const page = 'page' in place ? place.page() : place
  const id = await page.locator(box).getAttribute('aria-labelledby')
  return page.locator(`dialog[aria-labelledby="${id}"]`)
}

/** The field with a label of the catalogue. */
export function findField(act: Locator, key: MessageKey): Locator {
  return act.getByLabel(zh(key), { exact: true })
}

/** Types into fields, chooses in those that offer a choice, ticks those with `true`. */
export async function fill(act: Locator, fields: Fields): Promise<void> {
  for (const [key, value] of fields) {
    const field = findField(act, key)
    if (value === true) await field.check()
    else if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value)
    else await field.fill(value)
  }
}

/** Finds something in a long register by its name, and takes the one that is offered. */
export async function choose(act: Locator, key: MessageKey, name: string): Promise<void> {
  await findField(act, key).fill(name)
  const offered = act.getByLabel(zh('acts.found', { label: zh(key) }), { exact: true })
  const option = offered.locator('option').filter({ hasText: name })
  await option.first().waitFor({ state: 'attached' })
  await offered.selectOption(await option.first().getAttribute('value'))
}

/** Presses the act's own button. */
export function submit(act: Locator): Promise<void> {
  return act.locator('.gl-dialog-foot .gl-button-main').click()
}

/** Does it, and waits until the window has gone. */
export async function finish(act: Locator): Promise<void> {
  await submit(act)
  await act.waitFor({ state: 'hidden' })
}

/** Tries it, and reads what is said against it beside the field; the window stays. */
export async function expectRefused(act: Locator, key: MessageKey, said: string): Promise<void> {
  await submit(act)
  await see(act.locator('.field, fieldset').filter({ hasText: zh(key) }), said)
}

/** Opens, fills in, holds to the rules of accessibility, does. */
export async function perform(
  place: Page | Locator,
  key: MessageKey,
  fields: Fields,
  params: Params = {},
): Promise<void> {
  const act = await openAct(place, key, params)
  await fill(act, fields)
  await expectAccessible('page' in place ? place.page() : place)
  await finish(act)
}
