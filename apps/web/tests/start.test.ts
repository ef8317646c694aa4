import { beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, openScreen } from './screen.ts'
import { see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { say, zh } from './words.ts'

let officer: Person
let leader: Person
let township: Person

beforeAll(async () => {
  ;[officer, leader, township] = await Promise.all([
    signIn('513221-officer'),
    signIn('51-leader'),
    signIn('513221100-officer'),
  ])
})

describe('the start page of the organisation domain', () => {
  test('says what waits, how the county stands, what falls due, and where everything is; a number opens its make-up', async () => {
    const page = await openScreen(officer, '/organisation')
    await expectAccessible(page)
    const tabs = page.getByRole('navigation', { name: zh('organisation.tabs') }).getByRole('link')
    expect(await tabs.count()).toBeLessThanOrEqual(7)
    for (const part of ['desk.waiting', 'overview.figures', 'overview.due', 'overview.lists'] as const)
      await page.getByRole('heading', { name: zh(part) }).waitFor()
    const acts = page.getByRole('navigation', { name: zh('overview.acts') })
    expect(await acts.locator('a, button').count()).toBe(4)
    const lists = page.getByRole('navigation', { name: zh('overview.lists') })
    await lists.getByRole('link', { name: zh('transfers.title'), exact: true }).click()
    await page.waitForURL(/organisation\/transfers/)
    // The tab of its work stays marked.
    await page.locator('.area-tabs a.active', { hasText: zh('organisation.tab.members') }).waitFor()
    expect(await page.locator('.area-tabs a.active').count()).toBe(1)
  })

  test('a superior sees the bodies below, the worst first, and its lists by the level below before rows', async () => {
    const page = await openScreen(leader, '/organisation')
    await expectAccessible(page)
    await page.getByRole('heading', { name: zh('overview.below') }).waitFor()
    const source = page.getByRole('button', {
      name: new RegExp(`^${zh('overview.figure.source', { name: '会员人数' })}`),
    })
    await source.click()
    await page.getByRole('dialog').getByText(zh('progress.cell.months')).waitFor()
    await page.keyboard.press('Escape')
    const unions = await openScreen(leader, '/organisation/unions?view=groups')
    await expectAccessible(unions)
    await see(unions, zh('below.title'))
    const first = unions.locator('.below-groups tbody tr button').first()
    const name = await first.innerText()
    await first.click()
    await unions.waitForURL(/body=/)
    await unions.getByText(name).first().waitFor()
    for (const list of ['terms', 'coverage', 'ratings']) {
      const grouped = await openScreen(leader, `/organisation/${list}?view=groups`)
      await grouped.locator('.below-groups, .gl-empty').first().waitFor()
    }
    const file = await leader.ask('/lists/unions/below/export.csv')
    expect(file.status).toBe(200)
    expect(file.text).toContain(zh('below.unions.unions'))
  })

  test('on a phone, in English, and for a township without records', async () => {
    const phone = await openScreen(township, '/organisation', { size: 'phone', locale: 'en' })
    await expectAccessible(phone)
    await phone.getByRole('heading', { name: say('en', 'overview.lists') }).waitFor()
  })
})
