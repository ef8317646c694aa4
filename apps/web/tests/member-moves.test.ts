import { anIdNumber } from '@gonglian/organisation/testing'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeWorkbook } from '@gonglian/spreadsheets'
import { readSheet } from './exported.ts'
import { approveUnion, type ApprovedUnion } from './approved-union.ts'
import { download } from './download.ts'
import { choose, findField, finish, openDialog, readFault } from './fields.ts'
import { findButton, press, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { drawIds, registerMember, spoil } from './registered-member.ts'
import { expectAccessible, expectComplaint, openScreen, visit } from './screen.ts'
import { say, zh } from './words.ts'

let officer: Person
let leader: Person
let elsewhere: Person
let superior: Person
let here: ApprovedUnion
let there: ApprovedUnion

const drawId = drawIds(9_450_000)

beforeAll(async () => {
  let head: Person
  ;[officer, leader, elsewhere, head, superior] = await Promise.all([
    signIn('513221-officer'),
    signIn('513221-leader'),
    signIn('420281-officer'),
    signIn('420281-leader'),
    signIn('5132-officer'),
  ])
  ;[here, there] = await Promise.all([
    approveUnion(officer, leader, '汶川雪宝顶制药厂'),
    approveUnion(elsewhere, head, '大冶金湖服装厂'),
  ])
})

async function register(name: string, more: Partial<Parameters<typeof registerMember>[1]> & { by?: Person } = {}) {
  const { by = officer, ...rest } = more
  return registerMember(by, { name, idNumber: drawId(), unionId: here.unionId, ...rest })
}

const read = (memberId: number) => officer.api.members.getMember.query({ memberId })
const pageOf = (memberId: number) => `/organisation/members/${memberId}`

describe('many from a file', () => {
  const head = ['姓名', '身份证号', '工会编号', '入会日期', '告知同意日期'] as const
  const pack = async (rows: readonly (readonly string[])[]) => {
    const columns = head.map((title, index) => ({ title, value: (row: readonly string[]) => row[index] }))
    const pieces: Uint8Array[] = []
    for await (const piece of writeWorkbook('名册', columns, rows)) pieces.push(piece)
    return Buffer.concat(pieces)
  }
  const send = async (page: Page, name: string, rows: readonly (readonly string[])[]) => {
    await visit(page, '/organisation/imports?kind=members')
    await page.getByRole('radio', { name: zh('imports.kind.members') }).check()
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    await findField(page, 'imports.upload.file').setInputFiles({ name, mimeType, buffer: await pack(rows) })
    await choose(page, 'imports.union', here.name)
    await findField(page, 'members.consent.version').fill('2026')
    await press(page, 'imports.upload')
    await page.waitForURL(/\/imports\/\d+/)
    await press(page, 'imports.columns.do')
    return Number(/\/imports\/(\d+)/.exec(page.url())?.[1])
  }

  test('wrong rows are listed and downloaded, the file is mended and written; another is given up', async () => {
    const numbers = Array.from({ length: 6 }, drawId)
    const row = (name: string, index: number, id = numbers[index] ?? '') => [name, id, '', '2026-03-01', '2026-03-01']
    const page = await openScreen(officer, '/organisation/imports')
    await expectAccessible(page)
    const importId = await send(page, '三月名册.xlsx', [
      row('导入一', 0),
      row('导入二', 1, spoil(numbers[1] ?? '')),
      row('导入三', 0),
      ['', numbers[3] ?? '', '无此编号', '2027-03-01', ''],
      row('导入五', 4),
    ])
    await see(page, zh('imports.state.checked'))
    await expectAccessible(page)
    const { rows: problems } = await officer.api.imports.listImportProblems.query({ importId })
    expect([...new Set(problems.map(({ line }) => line))]).toEqual([3, 4, 5])
    await see(page, zh('organisation.idNumber.check'))
    await see(page, zh('organisation.import.twice', { line: 2 }))
    await see(page, zh('organisation.import.required', { column: '姓名' }))
    const bytes = await download(page, () => page.getByRole('link', { name: zh('tables.export.xlsx') }).click())
    const listed = await readSheet(bytes)
    expect(listed).toHaveLength(problems.length + 1)
    expect(listed.flatMap(({ cells }) => cells)).toContain(zh('organisation.idNumber.check'))
    expect(await officer.api.imports.getImport.query({ importId })).toMatchObject({ rows: 5, good: 2, bad: 3, done: 0 })

    const mended = await send(
      page,
      '三月名册改.xlsx',
      [0, 1, 2, 3, 4].map((index) => row(`导入${index}`, index)),
    )
    await see(page, zh('imports.state.checked'))
    const dialog = await openDialog(page, 'imports.commit', { count: 5 })
    await expectAccessible(page)
    await finish(dialog, 'imports.commit', { count: 5 })
    await see(page, zh('imports.state.done'))
    expect(await officer.api.imports.getImport.query({ importId: mended })).toMatchObject({ state: 'done', done: 5 })
    for (const search of numbers.slice(0, 5))
      expect((await officer.api.members.listMembers.query({ search })).rows).toMatchObject([{ state: 'active' }])

    const given = await send(page, '不要的名册.xlsx', [row('不要者', 5)])
    await see(page, zh('imports.state.checked'))
    await finish(await openDialog(page, 'imports.cancel'), 'imports.cancel')
    await see(page, zh('imports.state.cancelled'))
    expect((await officer.api.imports.getImport.query({ importId: given })).state).toBe('cancelled')
    expect((await officer.api.members.listMembers.query({ search: numbers[5] ?? '' })).rows).toEqual([])
    await visit(page, '/organisation/imports')
    for (const name of ['三月名册.xlsx', '三月名册改.xlsx', '不要的名册.xlsx']) await see(page, name)
    await expectAccessible(page)
  })
})

describe('files that leave the register', () => {
  test('masked by itself, whole with a reason; every row carries the number under which it is on record', async () => {
    const union = await approveUnion(officer, leader, '汶川羌笛乐器厂')
    const { idNumber } = await register('笛手', { unionId: union.unionId, mobile: '13900139000' })
    const page = await openScreen(officer, `/organisation/members?view=own&union=${union.unionId}`)
    const masked = await download(page, () => page.getByRole('link', { name: 'Excel' }).click())
    const cells = (await readSheet(masked)).map((row) => row.cells)
    expect(cells.flat()).toContain('笛手')
    expect(cells.flat().join(' ')).not.toContain(idNumber)

    const dialog = await openDialog(page, 'members.export.open')
    await expectAccessible(page)
    expectComplaint(/status of 400/)
    await press(dialog, 'members.export.open')
    await dialog.getByRole('alert').waitFor()
    await findField(dialog, 'members.open.reason').fill('报上级核对会员实名')
    await findField(dialog, 'members.export.as').selectOption('csv')
    const whole = await download(page, () => press(dialog, 'members.export.open'))
    const text = whole.toString()
    expect(text).toContain(idNumber)
    expect(text).toContain('13900139000')

    const { rows } = await officer.api.members.listExports.query({})
    const [last, before] = rows
    expect(last).toMatchObject({ isOpen: true, reason: '报上级核对会员实名', rows: 1, actor: '513221-officer' })
    expect(before).toMatchObject({ isOpen: false, rows: 1 })
    // The number stands in the line of the member, not only in the head.
    expect(text.split('\r\n').find((line) => line.includes('笛手'))).toContain(last?.number)
    expect(cells.find((row) => row.includes('笛手'))?.join(' ')).toContain(before?.number)
    const log = await openScreen(leader, '/organisation/exports')
    await see(log, last?.number ?? '?')
    await see(log, before?.number ?? '?')
  })
})

describe('from one union to another, anywhere in the country', () => {
  test('asked, refused, asked again, withdrawn, asked again, accepted: counted once throughout', async () => {
    const { memberId, idNumber } = await register('调动者')
    const page = await openScreen(officer, pageOf(memberId))
    const other = await openScreen(elsewhere, '/organisation/transfers')
    await expectAccessible(other)
    const ask = async (reason: string) => {
      await visit(page, pageOf(memberId))
      const dialog = await openDialog(page, 'transfers.ask')
      await findField(dialog, 'transfers.to.code').fill(there.code)
      await see(dialog, there.name)
      await findField(dialog, 'transfers.reason').fill(reason)
      await finish(dialog, 'transfers.ask')
    }
    const pick = async (screen: Page) => {
      // Those that were answered cannot be chosen again.
      const open = { name: zh('transfers.choose.one', { name: '调动者' }), disabled: false }
      await screen.getByRole('checkbox', open).check()
    }
    const count = async () => {
      const found = await Promise.all(
        [officer, elsewhere].map((one) => one.api.members.listMembers.query({ search: idNumber })),
      )
      return found.map(({ rows }) => rows.filter(({ state }) => state === 'active').length)
    }

    await ask('调往大冶')
    expect(await count()).toEqual([1, 0])
    await visit(other, '/organisation/transfers')
    await see(other, '调往大冶')
    await pick(other)
    const refuse = await openDialog(other, 'transfers.reject', { count: 1 })
    await findField(refuse, 'transfers.reject.reason').fill('尚未报到')
    await expectAccessible(other)
    await finish(refuse, 'transfers.reject', { count: 1 })
    await see(other, zh('transfers.done.rejected', { count: 1 }))
    await visit(page, '/organisation/transfers?direction=sent')
    await see(page, '尚未报到')
    await expectAccessible(page)

    await ask('已经报到')
    await visit(page, '/organisation/transfers?direction=sent')
    await pick(page)
    await finish(await openDialog(page, 'transfers.withdraw', { count: 1 }), 'transfers.withdraw', { count: 1 })
    await see(page, zh('transfers.done.withdrawn', { count: 1 }))
    expect(await count()).toEqual([1, 0])

    await ask('手续齐全')
    await visit(other, '/organisation/transfers')
    await see(other, '手续齐全')
    await pick(other)
    await finish(await openDialog(other, 'transfers.accept', { count: 1 }), 'transfers.accept', { count: 1 })
    await see(other, zh('transfers.done.accepted', { count: 1 }))
    expect(await count()).toEqual([0, 1])
    expect((await read(memberId)).state).toBe('transferred_out')
    await visit(page, pageOf(memberId))
    await see(page, zh('members.state.transferred_out'))
    expect(await findButton(page, 'transfers.ask').count()).toBe(0)
  })
})

describe('who went away, and what superiors see', () => {
  test('outgoing members are listed by place; a training is recorded, wrong numbers beside their field', async () => {
    await register('外出者', { destination: '浙江义乌' })
    const page = await openScreen(officer, '/organisation/members/flows')
    await see(page, '浙江义乌')
    const dialog = await openDialog(page, 'flows.record')
    await expectAccessible(page)
    expectComplaint(/status of 400/)
    await findField(dialog, 'flows.topic').fill('外出务工人员工资支付与维权')
    await findField(dialog, 'flows.attendance').fill('20')
    await findField(dialog, 'flows.outgoingAttendance').fill('21')
    await press(dialog, 'flows.record')
    await see(dialog, zh('organisation.training.outgoing'))
    expect(await readFault(findField(dialog, 'flows.outgoingAttendance'))).toBe(zh('organisation.training.outgoing'))
    await findField(dialog, 'flows.outgoingAttendance').fill('18')
    await finish(dialog, 'flows.record')
    await see(page, '外出务工人员工资支付与维权')
    await expectAccessible(page)
    const bytes = await download(page, () =>
      page.locator('section', { hasText: '浙江义乌' }).getByRole('link', { name: 'CSV' }).click(),
    )
    expect(bytes.toString()).toContain('浙江义乌')

    const english = await openScreen(superior, '/organisation/members/flows', { locale: 'en', size: 'phone' })
    await english.getByText('外出务工人员工资支付与维权').first().waitFor()
    expect(await english.content()).not.toContain('浙江义乌')
    expect(await english.getByRole('button', { name: say('en', 'flows.record') }).count()).toBe(1)
    await expectAccessible(english)
  })

  test('superiors see counts, never a row; what could point at one person is hidden', async () => {
    const [clerk, head] = await Promise.all([signIn('513221102-officer'), signIn('513221102-leader')])
    // A township founds unions itself only where the county has entrusted it.
    const county = await signIn('513221-leader')
    await county.api.parameters.setParameter.mutate({
      key: 'organisation.township_founds',
      value: true,
      validFrom: '2026-01-01',
      source: '委托书',
    })
    const union = await approveUnion(clerk, head, '映秀茶坊')
    const odd = (index: number, woman: boolean) => anIdNumber(9_500_000 + index * 2 + (woman ? 1 : 0))
    // Enough of both above, so that neither is joined with the other: few only in the township.
    for (let index = 20; index < 26; index += 1)
      for (const woman of [true, false]) await register(`雪宝顶${index}`, { idNumber: odd(index, woman) })
    const ids: number[] = []
    for (let index = 0; index < 9; index += 1) {
      const { memberId } = await register(`茶人${index}`, {
        by: clerk,
        unionId: union.unionId,
        idNumber: odd(index, index < 7),
      })
      ids.push(memberId)
    }
    const page = await openScreen(superior, '/organisation/members?view=below&body=513221102')
    await see(page, zh('members.below.hidden'))
    await expectAccessible(page)
    expect(await page.content()).not.toContain('茶人')
    const counts = await superior.api.members.countMembersBelow.query({ body: '513221102', groupBy: 'sex' })
    expect(counts.cells).toContain(null)
    for (const memberId of ids.slice(0, 2))
      await expect(superior.api.members.getMember.query({ memberId })).rejects.toMatchObject({
        data: { refusal: { code: 'not_found' } },
      })
    const { text } = await superior.ask('/organisation/members/below/export.csv?body=513221102')
    expect(text).toContain(zh('members.below.hidden'))
    expect(text).not.toContain('茶人')
  })
})
