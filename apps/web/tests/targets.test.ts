import { beforeAll, describe, expect, test } from 'vitest'
import { lastMonth } from './calendar.ts'
import { findButton, findDialog, press, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { expectAccessible, expectComplaint, openScreen } from './screen.ts'
import { zh } from './words.ts'

const year = Number(lastMonth().slice(0, 4))
const name = `${year}年“浏览器”目标责任制 😀`

/** Prepared over the wire by the same person; one of each method is typed on the screen. */
const prepared = [
  ['new_union_count', 'sum', 40_000],
  ['offer_sent_count', 'sum', 90_000],
  ['warmth_households_visited', 'sum', 60_000],
  ['aid_household_times', 'sum', 30_000],
  ['skill_contest_participants', 'sum', 500_000],
  ['suggestion_submitted', 'sum', 80_000],
  ['wage_negotiation_rate', 'floor', '80'],
] as const

let province: Person
let city: Person
let county: Person
let township: Person
let planId = 0

beforeAll(async () => {
  ;[province, city, county, township] = await Promise.all([
    signIn('51-leader'),
    signIn('5132-leader'),
    signIn('513221-leader'),
    signIn('513221102-leader'),
  ])
})

async function listItems(person: Person) {
  const { plan, aspects } = await person.api.targets.getPlan.query({ planId })
  return { plan, items: aspects.flatMap((aspect) => aspect.items) }
}

async function findItem(person: Person, code: string) {
  const { items } = await listItems(person)
  const item = items.find((one) => one.measure.code === code)
  if (item === undefined) throw new Error(`the plan has no ${code}`)
  return item
}

/** Gives everybody below the same, or an equal part of what there is, and issues it. */
async function splitOverTheWire(person: Person, code: string): Promise<void> {
  const item = await findItem(person, code)
  const view = await person.api.targets.getSplit.query({ itemId: item.id })
  const part = item.method === 'sum' ? Math.floor(view.share.value / view.rows.length) : view.share.value
  const { version } = await person.api.targets.saveSplit.mutate({
    itemId: item.id,
    version: view.share.splitVersion,
    rows: view.rows.map((row) => ({ receiverId: row.body.id, value: part, locked: false })),
    reserve: item.method === 'sum' ? view.share.value - part * view.rows.length : 0,
  })
  await person.api.targets.issueSplit.mutate({ itemId: item.id, version })
}

/** What one body holds of an item. */
async function readShare(person: Person, code: string) {
  const { share } = await findItem(person, code)
  if (share === null) throw new Error(`${person.username} holds nothing of ${code}`)
  return share
}

describe.sequential('a plan from the province to the townships', () => {
  test('the province drafts it: a plan, and an item of each method', async () => {
    const page = await openScreen(province, `/targets?year=${year}`)
    await expectAccessible(page)
    await press(page, 'targets.create')
    const form = findDialog(page)
    await press(form, 'pages.save')
    // The name is missing, and that is said beside it.
    await see(form, zh('errors.inputMissing'))
    await form.getByLabel(zh('targets.plan.name'), { exact: true }).fill(name)
    await form.getByLabel(zh('targets.plan.over')).fill('5')
    await expectAccessible(page)
    await press(form, 'pages.save')
    await page.waitForURL(/\/targets\/\d+/)
    planId = Number(new URL(page.url()).pathname.split('/')[2])

    for (const [code, method, value] of [
      ['new_member_count', 'sum', '12万'],
      ['membership_rate', 'floor', '８３'],
      ['rights_case_close_rate', 'each', '95'],
    ] as const) {
      await page
        .getByRole('button', { name: zh('targets.item.add'), exact: true })
        .first()
        .click()
      const item = findDialog(page)
      await item.getByRole('combobox', { name: zh('targets.indicator'), exact: true }).fill(code)
      await item.getByRole('option').filter({ hasText: code }).first().click()
      await item.getByRole('radio', { name: zh(`targets.method.${method}`), exact: true }).check()
      await item.getByLabel(new RegExp(`^${zh('targets.value')}（`)).fill(value)
      await item.getByLabel(zh('targets.aspect'), { exact: true }).fill('组织建设')
      if (method === 'sum') await expectAccessible(page)
      await press(item, 'pages.save')
      await item.waitFor({ state: 'hidden' })
    }
    const { items } = await listItems(province)
    expect(items.map((item) => [item.measure.code, item.method, item.share?.value])).toEqual([
      ['new_member_count', 'sum', 120_000],
      ['membership_rate', 'floor', 8300],
      ['rights_case_close_rate', 'each', 9500],
    ])
    await expectAccessible(page)
  })

  test('a plan without a name, a negative and a fractional target change nothing and say why', async () => {
    const page = await openScreen(province, `/targets/${planId}`)
    await press(page, 'targets.item.add')
    const item = findDialog(page)
    await item.getByRole('combobox', { name: zh('targets.indicator'), exact: true }).fill('new_union_count')
    await item.getByRole('option').filter({ hasText: 'new_union_count' }).first().click()
    const value = item.getByLabel(new RegExp(`^${zh('targets.value')}（`))
    for (const [typed, said] of [
      ['-5', zh('checks.negative')],
      ['1.5', zh('checks.fraction')],
      ['many', zh('checks.notNumber')],
    ] as const) {
      await value.fill(typed)
      await see(item, said)
    }
    const { items } = await listItems(province)
    expect(items).toHaveLength(3)
  })

  test('with ten items it is issued', async () => {
    for (const [indicatorCode, method, value] of prepared) {
      const { plan } = await listItems(province)
      await province.api.targets.addItem.mutate({
        planId,
        version: plan.version,
        indicatorCode,
        method,
        value,
        aspect: '重点工作',
      })
    }
    const page = await openScreen(province, `/targets/${planId}`)
    await press(page, 'targets.plan.issue')
    await press(findDialog(page), 'targets.plan.issue')
    await see(page, zh('targets.planState.issued'))
    await findDialog(page).waitFor({ state: 'hidden' })
    await expectAccessible(page)
    const { plan, items } = await listItems(province)
    expect(plan.state).toBe('issued')
    expect(items).toHaveLength(10)
  })

  test('the province splits it to its cities by last year; too much is refused on the screen', async () => {
    const { id } = await findItem(province, 'new_member_count')
    const page = await openScreen(province, `/targets/items/${id}/split`)
    await press(page, 'targets.methods.preview')
    await press(page, 'targets.preview.apply')
    await see(page.getByRole('status'), zh('split.exact'))
    await expectAccessible(page)

    const first = page.locator('[data-share="5101"]')
    const before = await first.inputValue()
    await first.fill('150000')
    await page.keyboard.press('Tab')
    await page.getByText(/^超额分解 .*超过计划允许的 .*不能保存/).waitFor()
    expect(await findButton(page, 'targets.split.save').isDisabled()).toBe(true)
    expect(await findButton(page, 'targets.split.issue').isDisabled()).toBe(true)
    await first.fill('-3')
    await see(page, zh('checks.negative'))
    await first.fill(before)
    await page.keyboard.press('Tab')
    await see(page.getByRole('status'), zh('split.exact'))

    await press(page, 'targets.split.issue')
    const dialog = findDialog(page)
    await dialog.getByRole('button', { name: /^下达 \d+ 个$/ }).click()
    await dialog.waitFor({ state: 'hidden' })
    const view = await province.api.targets.getSplit.query({ itemId: id })
    expect(view.rows.map((row) => row.share?.state)).toEqual(view.rows.map(() => 'issued'))
    expect(view.rows.reduce((sum, row) => sum + (row.share?.value ?? 0), 0)).toBe(120_000)

    for (const code of ['membership_rate', 'rights_case_close_rate', 'new_union_count', 'offer_sent_count']) {
      await splitOverTheWire(province, code)
    }
  })

  test('the city accepts some, asks for another share, and the province settles it', async () => {
    const shown = await readShare(city, 'new_member_count')
    const page = await openScreen(city, `/targets/${planId}`)
    await expectAccessible(page)
    const { id, measure } = await findItem(city, 'new_member_count')
    await page.getByRole('button', { name: measure.nameZh, exact: true }).click()
    const panel = findDialog(page)
    await press(panel, 'targets.dispute')
    await panel.getByLabel(/^申请调整为/).fill(String(shown.value - 500))
    await press(panel, 'targets.dispute')
    // Without a reason nothing is asked.
    expectComplaint(/400/)
    await panel.getByRole('alert').first().waitFor()
    expect((await readShare(city, 'new_member_count')).state).toBe('issued')
    await panel.getByLabel(zh('targets.reason'), { exact: true }).fill('去年基数偏高')
    await expectAccessible(page)
    await press(panel, 'targets.dispute')
    await expect.poll(async () => (await readShare(city, 'new_member_count')).state).toBe('disputed')
    expect((await readShare(city, 'new_member_count')).counterValue).toBe(shown.value - 500)

    const desk = await openScreen(province, `/targets/items/${id}/split?row=5132`)
    const answer = findDialog(desk)
    await see(answer, '去年基数偏高')
    await answer.getByRole('radio', { name: /^采纳申请数/ }).check()
    await answer.getByLabel(zh('targets.settle.reply')).fill('同意，差额由省级机动承担')
    await expectAccessible(desk)
    await answer.getByRole('button', { name: /^答复/ }).click()
    await answer.waitFor({ state: 'hidden' })
    expect(await readShare(city, 'new_member_count')).toMatchObject({ value: shown.value - 500 })
  })

  test('the city accepts the rest and signs the letter; nobody signs twice', async () => {
    const page = await openScreen(city, `/targets/${planId}`)
    await page.getByRole('button', { name: /^签收 \d+ 项$/ }).click()
    await findDialog(page)
      .getByRole('button', { name: /^签收 \d+ 项$/ })
      .click()
    await findDialog(page).waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: zh('targets.letter'), exact: true }).click()
    await page.waitForURL(/\/letter/)
    await expectAccessible(page)
    const second = await openScreen(city, `/targets/${planId}/letter`)
    expectComplaint(/409/)
    for (const screen of [page, second]) {
      await press(screen, 'targets.sign')
      await press(findDialog(screen), 'targets.sign.confirm')
      if (screen === page) await see(page, zh('targets.letter.state.signed'))
    }
    await see(findDialog(second), zh('errors.alreadySigned'))
    const { signed } = await city.api.targets.getLetter.query({ planId })
    expect(signed).toHaveLength(1)
    expect(signed[0]?.intact).toBe(true)
  })

  test('the city splits to its counties, a county to its townships', async () => {
    const { id } = await findItem(city, 'new_member_count')
    const page = await openScreen(city, `/targets/items/${id}/split`)
    await page.getByLabel(zh('targets.methods.by')).selectOption('equal')
    await press(page, 'targets.methods.preview')
    await press(page, 'targets.preview.apply')
    await press(page, 'targets.split.issue')
    await findDialog(page)
      .getByRole('button', { name: /^下达 \d+ 个$/ })
      .click()
    await findDialog(page).waitFor({ state: 'hidden' })
    for (const code of ['membership_rate', 'rights_case_close_rate']) await splitOverTheWire(city, code)

    const answer = await openScreen(county, `/targets/${planId}`)
    await answer.getByRole('button', { name: /^签收 \d+ 项$/ }).click()
    await findDialog(answer)
      .getByRole('button', { name: /^签收 \d+ 项$/ })
      .click()
    await findDialog(answer).waitFor({ state: 'hidden' })
    for (const code of ['new_member_count', 'membership_rate', 'rights_case_close_rate'])
      await splitOverTheWire(county, code)

    const held = await readShare(county, 'new_member_count')
    const split = await county.api.targets.getSplit.query({ itemId: id })
    expect(split.rows.reduce((sum, row) => sum + (row.share?.value ?? 0), split.share.reserve ?? 0)).toBe(held.value)

    const last = await openScreen(township, `/targets/${planId}`, { size: 'phone' })
    await expectAccessible(last)
    await last.getByRole('button', { name: /^签收 \d+ 项$/ }).click()
    await findDialog(last)
      .getByRole('button', { name: /^签收 \d+ 项$/ })
      .click()
    await findDialog(last).waitFor({ state: 'hidden' })
    expect((await readShare(township, 'new_member_count')).state).toBe('accepted')
  })
})
