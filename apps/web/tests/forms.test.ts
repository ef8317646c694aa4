import pg from 'pg'
import { beforeAll, expect, inject, test } from 'vitest'
import { lastMonth } from './calendar.ts'
import { findButton, findDialog, press, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { expectAccessible, openScreen } from './screen.ts'
import { paste } from './sheet.ts'
import { say, zh } from './words.ts'

const period = lastMonth()
const width = 2000
const name = `“二千项”普查表 '"<i>😀`

let county: Person
let township: Person

beforeAll(async () => {
  ;[county, township] = await Promise.all([signIn('513227-officer'), signIn('513227101-officer')])
})

const bigForm = (count: number) => ({
  code: 'two-thousand',
  nameZh: name,
  nameEn: 'Two thousand',
  frequency: 'month' as const,
  fillerLevels: ['township' as const],
  due: null,
  opensOn: '2020-01-01',
  items: Array.from({ length: count }, (_, index) => ({
    code: 'new_member_count',
    breakdownZh: `第${index + 1}类`,
    sectionZh: `第${Math.floor(index / 100) + 1}部分`,
  })),
})

test('a form without items and one with more than 2,000 are refused, naming the rule', async () => {
  for (const [count, key] of [
    [0, 'errors.formNoItems'],
    [width + 1, 'errors.formTooManyItems'],
  ] as const) {
    await expect(county.api.forms.defineForm.mutate(bigForm(count))).rejects.toMatchObject({
      data: { refusal: { code: 'invalid', fields: [{ path: 'items', message: zh(key) }] } },
    })
  }
  const forms = await county.api.forms.listForms.query({})
  expect(forms.map((form) => form.code)).not.toContain('two-thousand')
})

test('a form that has no items yet opens and says so', async () => {
  const owner = new pg.Client({ connectionString: inject('house').ownerUrl })
  await owner.connect()
  try {
    const { form } = await readNames(owner)
    await owner.query(
      `set app.reach = 'system'; set app.tenant = '0';
       insert into ${form} (tenant_id, code, name_zh, name_en, frequency, filler_levels, rules, opens_on)
       select tenant_id, 'empty-form', '空表', 'Empty', 'month', '{township}', '[]', '2020-01-01'
       from ${form} where code = 'org-monthly'`,
    )
  } finally {
    await owner.end()
  }
  for (const locale of ['zh-CN', 'en'] as const) {
    const page = await openScreen(township, `/reports/empty-form/${period}`, { locale })
    await page.getByText(say(locale, 'entry.empty')).waitFor()
    await expectAccessible(page)
  }
})

/** The schema of another package is not named outside of it; its table is found by its name. */
async function readNames(owner: pg.Client): Promise<{ form: string }> {
  const { rows } = await owner.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables where table_name = 'form'`,
  )
  return { form: rows[0]?.name ?? '' }
}

test('2,000 items can be filled in: typed at both ends, pasted as a whole, handed in', async () => {
  const { id } = await county.api.forms.defineForm.mutate(bigForm(width))
  expect(id).toBeGreaterThan(0)
  const page = await openScreen(township, `/reports/two-thousand/${period}`)
  await see(page, name)
  const cell = (position: number) => page.locator(`[data-entry="${position}"][data-column="declared"]`)
  const read = async () => {
    const report = await township.api.reports.getReport.query({ form: 'two-thousand', period })
    return report.draft?.figures ?? report.sheet.figures
  }
  await cell(1).fill('1')
  await cell(width).fill('12,345')
  await expect.poll(async () => (await read())[width - 1], { timeout: 20_000 }).toBe(12_345)
  expect((await read())[0]).toBe(1)

  await cell(1).focus()
  await page.keyboard.press('PageDown')
  expect(await cell(11).evaluate((input) => input === document.activeElement)).toBe(true)
  await cell(1).focus()
  await paste(page, Array.from({ length: width }, (_, index) => String(index)).join('\n'))
  await see(page, zh('entry.pasted', { count: width }))
  await expect.poll(async () => (await read())[width - 1], { timeout: 30_000 }).toBe(width - 1)
  expect((await read()).length).toBe(width)

  await cell(1000).fill('-1')
  await see(page, zh('checks.negative'))
  await cell(1000).fill('999')
  await findButton(page, 'reports.handIn').click()
  const dialog = findDialog(page)
  const confirm = dialog.getByText(zh('reports.handIn.confirmWarnings'))
  await press(dialog, 'reports.handIn.confirm').catch(() => confirm.click())
  await see(page, zh('states.report.submitted'))
  expect((await read())[999]).toBe(999)
})

test('a month that has not begun cannot be filled in, and the page says from when', async () => {
  const year = Number(period.slice(0, 4)) + 2
  for (const locale of ['zh-CN', 'en'] as const) {
    const page = await openScreen(township, `/reports/org-monthly/${year}-01`, { locale })
    await page.getByText(say(locale, 'reports.entry.later', { start: `${year}-01-01` })).waitFor()
    expect(await page.locator('[data-column="declared"]').count()).toBe(0)
  }
})
