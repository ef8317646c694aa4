import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { lastMonth } from './calendar.ts'
import { findButton, findDialog, press, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { expectAccessible, openScreen, visit } from './screen.ts'
import { findCells, form, inventMonth, paste, writeColumn } from './sheet.ts'
import { zh } from './words.ts'

const period = lastMonth()
const township = '513221100'

let officer: Person
let reviewer: Person
let leader: Person
let nation: Person
let itemId = 0
/** The leader's page, left open from the first test to the last. */
let board: Page

beforeAll(async () => {
  ;[officer, reviewer, leader, nation] = await Promise.all([
    signIn(`${township}-officer`),
    signIn('513221-reviewer'),
    signIn('51-leader'),
    signIn('00-leader'),
  ])
  const plans = await leader.api.targets.listPlans.query({ year: Number(period.slice(0, 4)) })
  const plan = plans.find((one) => one.issuer.code === '51' && one.name.includes('全省'))
  const { aspects } = await leader.api.targets.getPlan.query({ planId: plan?.id ?? 0 })
  const items = aspects.flatMap((aspect) => aspect.items)
  itemId = items.find((item) => item.measure.code === 'new_member_count')?.id ?? 0
})

const entry = `/reports/${form}/${period}`

/** Reviewed / reported / expected of the county on the leader's open page. */
function readCoverage(page: Page): Promise<string> {
  return page
    .locator('tr', { hasText: '汶川县' })
    .getByText(/^\d+\/\d+\/\d+$/)
    .innerText()
}

async function waitUntilSaved(page: Page): Promise<void> {
  await page
    .getByText(new RegExp(`^${zh('saving.saved', { time: '' }).trim()}`))
    .first()
    .waitFor()
  await page.getByText(zh('saving.unsaved')).waitFor({ state: 'hidden' })
}

async function handIn(page: Page): Promise<void> {
  await waitUntilSaved(page)
  await page.getByRole('button', { name: /^(上报|重新上报)$/ }).click()
  const dialog = findDialog(page)
  await dialog.waitFor()
  const confirm = dialog.getByText(zh('reports.handIn.confirmWarnings'))
  if (await confirm.isVisible()) await confirm.click()
  await expectAccessible(page)
  await press(dialog, 'reports.handIn.confirm')
  await see(page, zh('states.report.submitted'))
  await dialog.waitFor({ state: 'hidden' })
}

describe.sequential('a month from the township to the province', () => {
  test('the officer finds the report on the desk, on a PC and on a phone', async () => {
    for (const size of ['desk', 'phone'] as const) {
      const page = await openScreen(officer, '/', { size })
      await expectAccessible(page)
      await visit(page, `/reports?period=${period}`)
      await expectAccessible(page)
      await page.locator(`a[href*="${entry}"]`).first().click()
      await page.waitForURL(`**${entry}**`)
      await page.locator('[data-column="declared"]').first().waitFor()
      await expectAccessible(page)
    }
  })

  test('types by keyboard; what is no figure and what breaks a rule is said beside the cell and not saved', async () => {
    const page = await openScreen(officer, entry)
    const { inputOf, positionOf } = await findCells(officer, period)
    const employees = inputOf(page, 'employee_count')
    await employees.focus()
    await page.keyboard.type('１，２００')
    await page.keyboard.press('Enter')
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-entry'))
    expect(focused).toBe(String(positionOf('employee_count') + 1))
    await page.keyboard.press('ArrowUp')
    expect(await employees.evaluate((cell) => cell === document.activeElement)).toBe(true)

    const members = inputOf(page, 'member_count')
    for (const [typed, said] of [
      ['-5', zh('checks.negative')],
      ['1.5', zh('checks.fraction')],
      ['99999999999999', zh('checks.tooLarge', { limit: '1000000000000' })],
      ['一百', zh('checks.notNumber')],
    ] as const) {
      await members.fill(typed)
      expect(await members.getAttribute('aria-invalid')).toBe('true')
      const beside = page.locator(`[id="${await members.getAttribute('aria-describedby')}"]`)
      await see(beside, said)
    }
    await members.fill('1300')
    const beside = page.locator(`[id="${await members.getAttribute('aria-describedby')}"]`)
    await beside.getByText(/1,300.*1,200/).waitFor()
    await see(page.getByRole('complementary', { name: zh('entry.problems') }), '1,200')
    await expectAccessible(page)
    await waitUntilSaved(page)
    // A report with an error goes nowhere.
    await press(page, 'reports.handIn')
    await see(page, zh('reports.handIn.errors'))
    const { report } = await findCells(officer, period)
    expect(report.draft?.figures[positionOf('employee_count') - 1]).toBe(1200)
    expect(report.state).toBe('draft')
  })

  test('pastes a month from a spreadsheet and hands it in; the leader’s open page follows by itself', async () => {
    board = await openScreen(leader, `/progress?item=${itemId}&period=${period}&body=5132`, { keep: true })
    await expectAccessible(board)
    const before = await readCoverage(board)
    await board.evaluate(() => Object.assign(window, { untouched: true }))

    const page = await openScreen(officer, entry)
    const { report } = await findCells(officer, period)
    await page.locator('[data-entry="1"][data-column="declared"]').focus()
    const figures = await inventMonth(officer, period)
    await paste(
      page,
      writeColumn(
        figures,
        report.form.items.map((item) => item.scale),
      ),
    )
    await page.getByText(/^已粘贴 \d+ 格/).waitFor()
    await handIn(page)
    await expectAccessible(page)
    const [, reported = ''] = before.split('/')
    await board
      .locator('tr', { hasText: '汶川县' })
      .getByText(`/${Number(reported) + 1}/`)
      .waitFor()
  })

  test('the reviewer sends two cells back with reasons', async () => {
    const page = await openScreen(reviewer, `/reports/review/${form}/${period}`)
    await expectAccessible(page)
    await page.getByRole('link', { name: '威州镇总工会' }).or(page.getByText('威州镇总工会')).first().click()
    await page.waitForURL(/\/review\/report\/\d+/)
    await expectAccessible(page)
    const { report } = await findCells(officer, period)
    for (const code of ['new_member_count', 'lost_member_count']) {
      const item = report.form.items.find((one) => one.code === code && one.breakdownZh === '')
      await page.getByRole('button', { name: `${zh('reports.review.mark')}: ${item?.nameZh}`, exact: true }).click()
      if (code === 'new_member_count') await page.keyboard.type('与“入会登记表”不符 <b>')
    }
    // One has no reason yet.
    await press(page, 'reports.review.return', { count: 2 })
    await see(page, zh('reports.review.reasonMissing', { count: 1 }))
    await findButton(page, 'reports.fault.explain').last().click()
    await expectAccessible(page)
    await press(page, 'reports.review.return', { count: 2 })
    await see(page, zh('reports.review.returned', { body: '威州镇总工会', count: 2 }))
    expect((await findCells(officer, period)).report.state).toBe('returned')
  })

  test('the officer sees which cells and why, corrects one, explains the other, hands it in again', async () => {
    for (const size of ['phone', 'desk'] as const) {
      const page = await openScreen(officer, '/', { size })
      await see(page, '与“入会登记表”不符 <b>')
      await visit(page, entry)
      await expectAccessible(page)
    }
    const page = await openScreen(officer, entry)
    await see(page, zh('entry.faulty', { reason: '与“入会登记表”不符 <b>' }))
    const { inputOf, noteOf, report, positionOf } = await findCells(officer, period)
    const cell = inputOf(page, 'new_member_count')
    await see(page.locator(`[id="${await cell.getAttribute('aria-describedby')}"]`), '与“入会登记表”不符 <b>')
    const now = (report.sheet.figures[positionOf('new_member_count') - 1] ?? 0) + 3
    const members = (report.sheet.figures[positionOf('member_count') - 1] ?? 0) + 3
    await cell.fill(String(now))
    await inputOf(page, 'member_count').fill(String(members))
    await inputOf(page, 'employee_count').fill(String(members + 100))
    await noteOf(page, 'lost_member_count').fill('退休减少，名册附后')
    await handIn(page)
    const after = (await findCells(officer, period)).report
    expect(after.state).toBe('submitted')
    expect(after.sheet.figures[positionOf('new_member_count') - 1]).toBe(now)
  })

  test('the reviewer sees what changed and accepts; the leader’s page, never reloaded, shows it', async () => {
    const before = await readCoverage(board)
    const { report } = await findCells(officer, period)
    const page = await openScreen(reviewer, `/reports/review/report/${report.reportId}`)
    await see(page, zh('reports.review.answers'))
    await see(page, zh('reports.review.basis.submitted'))
    await page.getByRole('button', { name: new RegExp(`^${zh('reports.review.show.changed')}`) }).click()
    await page.waitForURL(/show=changed/)
    const changed = page.locator('tr.report-row-changed')
    await page.locator('tr.report-row:not(.report-row-changed)').first().waitFor({ state: 'detached' })
    // What was corrected, and what it moved; nothing else.
    expect(await changed.count()).toBeGreaterThanOrEqual(3)
    expect(await page.locator('tr.report-row').count()).toBe(await changed.count())
    await expectAccessible(page)
    await press(page, 'reports.review.accept')
    await see(page, zh('reports.review.accepted', { body: '威州镇总工会' }))

    const [reviewed = ''] = before.split('/')
    await board
      .locator('tr', { hasText: '汶川县' })
      .getByText(`${Number(reviewed) + 1}/`)
      .waitFor()
    expect(await board.evaluate(() => 'untouched' in window)).toBe(true)
    await board.context().close()
  })

  test('who has not reported is listed, late ones as late, and is urged; it sees that', async () => {
    const page = await openScreen(reviewer, `/reports/missing/${form}/${period}`)
    const { missing } = await reviewer.api.reviews.listMissing.query({ form, period })
    expect(missing.map((one) => one.name)).toContain('三江镇总工会')
    for (const one of missing) {
      const row = page.locator('tr', { hasText: one.name })
      await row.waitFor()
      if (one.daysLate > 0) await see(row, zh('reports.due.days', { days: one.daysLate }))
    }
    await expectAccessible(page)

    const desk = await openScreen(reviewer, `/?period=${period}`)
    await expectAccessible(desk)
    await press(desk, 'desk.blockers.urgeOne', { body: '三江镇总工会' })
    await see(desk, zh('desk.blockers.urgedToday'))
    const urged = await openScreen(await signIn('513221107-officer'), `/?period=${period}`, { size: 'phone' })
    await see(urged, zh('tasks.step.urged'))
    await expectAccessible(urged)
  })

  test('the nation follows a figure down to one cell of the township and its history', async () => {
    const plans = await nation.api.targets.listPlans.query({ year: Number(period.slice(0, 4)) })
    const { aspects } = await nation.api.targets.getPlan.query({ planId: plans[0]?.id ?? 0 })
    const item = aspects.flatMap((aspect) => aspect.items).find((one) => one.measure.code === 'new_member_count')
    const page = await openScreen(nation, `/progress?item=${item?.id}&period=${period}`)
    await expectAccessible(page)
    for (const body of ['四川省总工会', '阿坝藏族羌族自治州总工会', '汶川县总工会']) {
      await page.getByTitle(zh('progress.drill', { body }), { exact: true }).click()
      await page.locator('.progress-line strong', { hasText: body }).waitFor()
    }
    await expectAccessible(page)
    await page.getByTitle(zh('progress.make', { body: '威州镇总工会' }), { exact: true }).click()
    const panel = findDialog(page)
    await see(panel, zh('progress.cell.history'))
    const events = await panel.locator('.progress-versions li').allInnerTexts()
    const told = ['submitted', 'returned', 'submitted', 'accepted'] as const
    for (const event of told) expect(events.join('\n')).toContain(zh(`progress.cell.event.${event}`))
    expect(events.join('\n')).toContain('与“入会登记表”不符 <b>')
    await expectAccessible(page)
    await panel.getByRole('link', { name: zh('progress.cell.report') }).click()
    await page.waitForURL(/\/reports\/org-monthly\//)
    await see(page, zh('states.report.accepted'))
  })

  test('an accepted report can no longer be typed into, nor accepted or sent back by a page that is behind', async () => {
    const { report } = await findCells(officer, period)
    const page = await openScreen(officer, entry)
    expect(await page.locator('[data-column="declared"]').count()).toBe(0)
    const reportId = report.reportId ?? 0
    const late = officer.api.reports.saveDraft.mutate({
      reportId,
      version: report.version,
      cells: [{ position: 1, value: 1 }],
    })
    await expect(late).rejects.toMatchObject({ data: { refusal: { code: 'conflict', key: 'errors.reportAccepted' } } })
  })
})
