import { anIdNumber } from '@gonglian/organisation/testing'
import { openSpreadsheet, writeWorkbook } from '@gonglian/spreadsheets'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { download } from './download.ts'
import { findField, finish, openDialog } from './fields.ts'
import { findButton, press, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { expectAccessible, openScreen, visit } from './screen.ts'
import { say, zh } from './words.ts'

let officer: Person
let leader: Person
beforeAll(async () => {
  ;[officer, leader] = await Promise.all([signIn('513221-officer'), signIn('513221-leader')])
})

type Line = readonly string[]
const head = [
  '序号',
  '基层工会名称',
  '建会形式',
  '隶属',
  '建会时间',
  '批准文号',
  '职工数',
  '会员数',
  '主席姓名',
  '主席身份证号',
  '主席手机',
  '任期起',
  '任期止',
]
const union = (number: number, change: Readonly<Record<string, string>> = {}): Line => {
  const cells: Record<string, string> = {
    序号: String(number),
    基层工会名称: `岷江${number}号公司工会委员会`,
    建会形式: '单独建会',
    隶属: `岷江${number}号公司`,
    建会时间: '2019.5.20',
    批准文号: `县工发〔2019〕${number}号`,
    职工数: '120',
    会员数: '110',
    主席姓名: `岷主席${number}`,
    主席身份证号: anIdNumber(9_700_000 + number),
    主席手机: '13900139000',
    任期起: '2024-05-20',
    任期止: '2029-05-19',
    ...change,
  }
  return head.map((title) => cells[title] ?? '')
}
async function pack(title: string, lines: readonly Line[], titles: Line = head): Promise<Buffer> {
  const columns = titles.map((name, place) => ({ title: name, value: (row: Line) => row[place] }))
  const pieces: Uint8Array[] = []
  for await (const piece of writeWorkbook(title, columns, lines)) pieces.push(piece)
  return Buffer.concat(pieces)
}
async function send(
  page: Page,
  kind: 'unions' | 'members' | 'employers',
  name: string,
  buffer: Buffer,
): Promise<number> {
  await visit(page, `/organisation/imports?kind=${kind}`)
  await page.getByRole('radio', { name: zh(`imports.kind.${kind}`) }).check()
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await findField(page, 'imports.upload.file').setInputFiles({ name, mimeType, buffer })
  await press(page, 'imports.upload')
  await page.waitForURL(/\/imports\/\d+/)
  return Number(/\/imports\/(\d+)/.exec(page.url())?.[1])
}

test('ORG-03 a county begins with a file of 30 unions: columns, faulty cells, mended rows, a leader confirms; another import is undone', async () => {
  const lines = Array.from({ length: 30 }, (_, index) => union(index + 1))
  lines[4] = union(5, { 建会形式: '单独建' })
  lines[9] = union(10, { 任期止: '2028-05-20' })
  lines[19] = union(20, { 批准文号: '' })
  const page = await openScreen(officer, '/organisation/imports')
  await expectAccessible(page)
  const importId = await send(page, 'unions', '岷江工会台账.xlsx', await pack('台账', lines))

  // The second step: one column isn't known by its name, and is picked.
  await see(page, zh('imports.columns.text'))
  await expectAccessible(page)
  const employer = page.getByLabel(zh('imports.columns.meansOf', { title: '隶属' }), { exact: true })
  await employer.selectOption('employer')
  await press(page, 'imports.columns.do')

  // The third: every faulty cell with its value, also after the page was loaded anew.
  await see(page, zh('imports.state.checked'))
  await page.reload()
  await see(page, '单独建')
  await see(page, 'C6')
  await see(page, zh('organisation.import.termYears', { years: '3、5', allowed: '2027-05-20、2029-05-20' }))
  await expectAccessible(page)
  expect(await officer.api.imports.getImport.query({ importId })).toMatchObject({ rows: 30, good: 27, bad: 3, done: 0 })
  expect(await findButton(page, 'imports.commit.skip', { count: 27 }).count()).toBe(0)

  // The refused rows, as a file to be mended.
  const faulty = await download(page, () => page.getByRole('link', { name: zh('imports.faulty') }).click())
  const open = await openSpreadsheet(faulty)
  const rows: (readonly string[])[] = []
  for await (const { cells } of open.read()) rows.push(cells)
  await open.close()
  expect(rows).toHaveLength(4)
  expect(rows[0]?.slice(0, 4)).toEqual([
    zh('imports.faulty.line'),
    zh('imports.faulty.reasons'),
    '序号',
    '基层工会名称',
  ])
  expect(rows[1]?.[0]).toBe('6')
  expect(rows[1]?.[1]).toContain('单独基层工会')

  const desk = await openScreen(leader, `/organisation/imports/${importId}`)
  const dialog = await openDialog(desk, 'imports.commit.skip', { count: 27 })
  await finish(dialog, 'imports.commit.skip', { count: 27 })
  await see(desk, zh('imports.state.done'))
  await expectAccessible(desk)

  // Mended in the file that was downloaded, and sent again: its columns are remembered.
  const [titles = [], ...refused] = rows
  const mended = refused.map((cells) =>
    cells.map((cell, place) => {
      if (titles[place] === '建会形式') return '单独建会'
      if (titles[place] === '任期止') return '2029-05-19'
      return titles[place] === '批准文号' && cell === '' ? '县工发〔2019〕20号' : cell
    }),
  )
  const secondId = await send(page, 'unions', '岷江改.xlsx', await pack('台账', mended, titles))
  await see(page, zh('imports.columns.text'))
  expect(await page.getByLabel(zh('imports.columns.meansOf', { title: '隶属' }), { exact: true }).inputValue()).toBe(
    'employer',
  )
  await press(page, 'imports.columns.do')
  await see(page, zh('imports.state.checked'))
  await visit(desk, `/organisation/imports/${secondId}`)
  await finish(await openDialog(desk, 'imports.commit', { count: 3 }), 'imports.commit', { count: 3 })
  await see(desk, zh('imports.state.done'))
  const found = await officer.api.unions.listUnions.query({ search: '岷江', pageSize: 100 })
  const unions = found.rows.filter(({ name }) => /^岷江\d+号公司/.test(name))
  expect(unions).toHaveLength(30)
  expect(unions.every(({ state, termEndsOn }) => state === 'active' && termEndsOn === '2029-05-20')).toBe(true)
  const [first] = unions
  await visit(page, `/organisation/unions/${first?.id}`)
  await see(page, zh('unions.people'))
  await see(page, first?.name.replace('号公司工会委员会', '').replace('岷江', '岷主席') ?? '')

  // Another import is taken back by whoever sent it.
  const third = await send(
    page,
    'employers',
    '误传单位.xlsx',
    await pack(
      '单位',
      [
        ['误传一号公司', '50'],
        ['误传二号公司', '60'],
      ],
      ['单位名称', '职工人数'],
    ),
  )
  await press(page, 'imports.columns.do')
  await see(page, zh('imports.state.checked'))
  await finish(await openDialog(page, 'imports.commit', { count: 2 }), 'imports.commit', { count: 2 })
  await see(page, zh('imports.state.done'))
  await finish(await openDialog(page, 'imports.undo'), 'imports.undo')
  await see(page, zh('imports.state.undone'))
  expect(await officer.api.imports.getImport.query({ importId: third })).toMatchObject({ state: 'undone', done: 2 })
  expect((await officer.api.employers.listEmployers.query({ search: '误传' })).total).toBe(0)
})

test('the steps are read on a phone and in English', async () => {
  const file = await pack('台账', [union(41), union(42, { 会员数: '0' })])
  const desk = await openScreen(officer, '/organisation/imports')
  const importId = await send(desk, 'unions', 'phone.xlsx', file)
  await see(desk, zh('imports.columns.text'))
  const phone = await openScreen(officer, `/organisation/imports/${importId}`, { size: 'phone', locale: 'en' })
  await see(phone, say('en', 'imports.columns.text'))
  await expectAccessible(phone)
  expect(await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await press(desk, 'imports.columns.do')
  await see(desk, zh('imports.state.checked'))
  await phone.reload()
  await see(phone, say('en', 'imports.state.checked'))
  await expectAccessible(phone)
  expect(await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await finish(await openDialog(desk, 'imports.cancel'), 'imports.cancel')
  await see(desk, zh('imports.state.cancelled'))
})
