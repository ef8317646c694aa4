import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { lastMonth } from './calendar.ts'
import { signIn, type Person } from './person.ts'
import { expectAccessible, openScreen } from './screen.ts'
import { zh } from './words.ts'

let leader: Person
let reviewer: Person

beforeAll(async () => {
  ;[leader, reviewer] = await Promise.all([signIn('51-leader'), signIn('51-reviewer')])
})

const board = `/progress?period=${lastMonth()}`
/** A quarter before the first that the demonstration reports: everybody is missing. */
const missing = `/reports/missing/rights-quarterly/${Number(lastMonth().slice(0, 4)) - 1}-Q4?scope=all`
const head = (page: Page, title: string) => page.getByRole('columnheader', { name: title }).first()
const firstCells = (page: Page) => page.locator('tr[data-row] > td:first-child').allInnerTexts()

describe('a list that is wider than the page', () => {
  test('sorts by its head, says so, and opens rows in place by keyboard', async () => {
    const page = await openScreen(leader, board)
    const body = head(page, zh('progress.body'))
    const before = await firstCells(page)
    await body.getByRole('button').press('Enter')
    await page.waitForURL(/board\.sort=body/)
    await page.locator('th[aria-sort="ascending"]', { hasText: zh('progress.body') }).waitFor()
    expect(await firstCells(page)).not.toEqual(before)
    await body.getByRole('button').press('Enter')
    await page.waitForURL(/board\.sort=-body/)
    await page.locator('th[aria-sort="descending"]', { hasText: zh('progress.body') }).waitFor()

    const opener = page.getByRole('button', { name: new RegExp(`阿坝藏族.*${zh('tables.below', { name: '' })}`) })
    await opener.press('Enter')
    await page.locator('tr[data-row]', { hasText: '汶川县' }).waitFor()
    expect(await opener.getAttribute('aria-expanded')).toBe('true')
    await expectAccessible(page)
  })

  test('scrolls sideways by keyboard, and its first column stays', async () => {
    const page = await openScreen(leader, board)
    await page.setViewportSize({ width: 1024, height: 768 })
    const box = page.getByRole('group', { name: zh('progress.title') })
    await box.focus()
    const cell = page.locator('tr[data-row] > td').first()
    const left = async () => (await cell.boundingBox())?.x
    const before = await left()
    await page.keyboard.press('End')
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight')
    await page.waitForFunction(() => (document.querySelector('.gl-table-scrolls')?.scrollLeft ?? 0) > 50)
    expect(await left()).toBe(before)
  })

  test('filters in its head: the choice opens over the table, is made by keyboard, and Esc leaves it', async () => {
    const page = await openScreen(leader, board)
    const light = zh('progress.light')
    const funnel = page.getByRole('button', { name: zh('tables.filter', { column: light }) })
    await funnel.press('Enter')
    const choice = page.getByRole('dialog', { name: zh('tables.filter', { column: light }) })
    const seen = await choice.evaluate((panel) => {
      const { left, top, width, height } = panel.getBoundingClientRect()
      return panel.contains(document.elementFromPoint(left + width / 2, top + height - 12))
    })
    expect(seen).toBe(true)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    expect(await choice.count()).toBe(0)
    expect(await funnel.evaluate((button) => button === document.activeElement)).toBe(true)

    await funnel.press('Enter')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.waitForURL(/board\.is\.light=green/)
    await page.getByRole('button', { name: zh('tables.filter.on', { column: light, count: 1 }) }).waitFor()
    const lights = await page.locator('tr[data-row] > td:nth-child(3)').allInnerTexts()
    expect(lights.every((one) => one.includes(zh('states.light.green')))).toBe(true)
  })
})

describe('a list that fits', () => {
  test('keeps its head in sight, goes to other pages, and chooses all of a page', async () => {
    const page = await openScreen(reviewer, missing)
    const title = head(page, zh('reports.column.body'))
    await page.locator('.gl-table-fits').waitFor()
    await page.locator('tr[data-row]').last().scrollIntoViewIfNeeded()
    expect((await title.boundingBox())?.y).toBe(48)
    const rows = await page.locator('tr[data-row]').count()
    await page.getByRole('checkbox', { name: zh('tables.choosePage') }).check()
    expect(await page.locator('tr[data-row] input:checked').count()).toBe(rows)
    await page.locator('tr[data-row] input').first().uncheck()
    const all = page.getByRole('checkbox', { name: zh('tables.choosePage') })
    expect(await all.evaluate((box) => box instanceof HTMLInputElement && box.indeterminate)).toBe(true)

    const pages = page.getByRole('navigation', { name: zh('tables.pages', { table: zh('reports.tab.missing') }) })
    await pages.getByLabel(zh('tables.pages.size')).selectOption('20')
    await page.waitForURL(/absent\.size=20/)
    // The address changes a moment before the rows do.
    await page.waitForFunction(() => document.querySelectorAll('tr[data-row]').length === 20)
    const first = await firstCells(page)
    await pages.getByRole('button', { name: zh('tables.pages.next') }).click()
    await page.waitForURL(/absent\.page=2/)
    await pages.locator('[aria-current="page"]', { hasText: '2' }).waitFor()
    expect(await firstCells(page)).not.toEqual(first)
    await expectAccessible(page)
  })

  test('is cards on a phone, sorted and filtered by the line above them', async () => {
    const page = await openScreen(leader, board, { size: 'phone' })
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBe(390)
    await head(page, zh('progress.body')).getByRole('button').click()
    await page.waitForURL(/board\.sort=body/)
    await page.getByRole('button', { name: zh('tables.filter', { column: zh('progress.light') }) }).click()
    const box = await page
      .getByRole('dialog', { name: zh('tables.filter', { column: zh('progress.light') }) })
      .boundingBox()
    expect(box === null ? null : box.x >= 0 && box.x + box.width <= 390).toBe(true)
    await expectAccessible(page)
  })
})
