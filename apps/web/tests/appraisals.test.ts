import { beforeAll, describe, expect, test } from 'vitest'
import { approveUnion, type ApprovedUnion } from './approved-union.ts'
import { choose, findField, finish, openDialog, pickColleagues, readFault } from './fields.ts'
import { press, see } from './hand.ts'
import { nobody, signIn, type Person } from './person.ts'
import { expectAccessible, expectComplaint, openScreen, visit } from './screen.ts'
import { say, zh } from './words.ts'

const address = '/organisation/appraisals'
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()

let officer: Person
let leader: Person
let superior: Person
let member: Person
let union: ApprovedUnion

beforeAll(async () => {
  ;[officer, leader, member, superior] = await Promise.all([
    signIn('513231-officer'),
    signIn('513231-leader'),
    signIn('513231-reviewer'),
    signIn('5132-officer'),
  ])
  union = await approveUnion(officer, leader, '阿坝高原牦牛乳业')
})

const listGroup = () => [officer, leader, member].map(({ username }) => username)

/** Each member takes a code and keeps it. */
async function keepCodes(appraisalId: number): Promise<string[]> {
  const codes: string[] = []
  for (const person of [officer, leader, member]) {
    const { code } = await person.api.appraisals.drawGroupCode.mutate({ appraisalId })
    await person.api.appraisals.keepGroupCode.mutate({ appraisalId, code })
    codes.push(code)
  }
  return codes
}

async function readRow(person = officer, name = union.name) {
  const { rows } = await person.api.appraisals.listAppraisals.query({ year, search: name })
  return rows[0]
}

describe('the members’ appraisal of their union', () => {
  let codes: readonly string[] = []
  const groupCodes: string[] = []

  test('it is opened; a working group of the wrong size is refused beside its field', async () => {
    const page = await openScreen(officer, address)
    await expectAccessible(page)
    const dialog = await openDialog(page, 'appraisals.open')
    await expectAccessible(page)
    await choose(dialog, 'registers.union', union.name)
    await findField(dialog, 'appraisals.closesOn').fill(`${year}-12-31`)
    await pickColleagues(dialog, [officer.username, leader.username])
    await findField(dialog, 'appraisals.members').fill('12')
    await findField(dialog, 'appraisals.eligible').fill('12')
    expectComplaint(/status of 400/)
    await press(dialog, 'appraisals.open')
    await dialog.getByRole('alert').waitFor()
    const group = dialog.getByRole('group', { name: zh('appraisals.group'), exact: true })
    expect(await readFault(group)).toBe(zh('organisation.groupSize', { from: 3, to: 7 }))
    await pickColleagues(dialog, listGroup())
    await finish(dialog, 'appraisals.open')
    await see(page, zh('appraisals.state.open'))
    expect(await readRow()).toMatchObject({ state: 'open', eligible: 12, slips: 0, satisfied: null })
  })

  test('each member of the working group takes a code, shown once, and confirms it from the paper', async () => {
    for (const [at, person] of [officer, leader, member].entries()) {
      const page = await openScreen(person, address)
      await page
        .locator('tr', { hasText: union.name })
        .getByRole('link', { name: zh('appraisals.groupTake') })
        .click()
      await see(page, zh('group.waiting'))
      await expectAccessible(page)
      await press(page, 'group.draw')
      await see(page, zh('group.sheet'))
      const code = await page.locator('.slip-code').innerText()
      expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){5}[2-9A-HJ-NP-Z]{4}$/)
      await expectAccessible(page)
      await findField(page, 'group.last').fill('1111')
      await press(page, 'group.keep')
      await see(page, zh('group.last.wrong'))
      await findField(page, 'group.last').fill(code.slice(-4).toLowerCase())
      await press(page, 'group.keep')
      await see(page, zh(at === 2 ? 'group.made' : 'group.waiting'))
      expect(await page.content()).not.toContain(code)
      groupCodes.push(code)
    }
  })

  test('slips are ordered by the officer, who sees no code, and printed once by the leader; never more than those entitled', async () => {
    const page = await openScreen(officer, address)
    const asked = await openDialog(page, 'appraisals.issue', {}, page.locator('tr', { hasText: union.name }))
    expectComplaint(/status of 409/)
    await findField(asked, 'appraisals.slips').fill('13')
    await press(asked, 'appraisals.issue')
    await see(asked, zh('organisation.slipsBeyond', { left: 12 }))
    await findField(asked, 'appraisals.slips').fill('12')
    await finish(asked, 'appraisals.issue')
    expect(await page.locator('.slip-code').count()).toBe(0)
    expect(await page.getByRole('button', { name: zh('appraisals.printOrder') }).count()).toBe(0)

    const head = await openScreen(leader, address)
    await head.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes')
    })
    const row = head.locator('tr', { hasText: union.name })
    const dialog = await openDialog(head, 'appraisals.printOrder', {}, row)
    await expectAccessible(head)
    await press(dialog, 'appraisals.printOrder')
    await see(head, zh('appraisals.sheet', { count: 12 }))
    codes = await head.locator('.slip-code').allInnerTexts()
    expect(new Set(codes).size).toBe(12)
    await expectAccessible(head)
    await press(head, 'appraisals.print')
    expect(await head.locator('body').getAttribute('data-printed')).toBe('yes')
    await head.emulateMedia({ media: 'print' })
    expect(await head.locator('.slip-head').isVisible()).toBe(false)
    expect(await head.locator('.slip').first().isVisible()).toBe(true)
    await head.emulateMedia({ media: null })
    await press(head, 'appraisals.sheet.done')
    await see(head, union.name)
    expect(await head.content()).not.toContain(codes[0])
  })

  test('a member votes on a phone without signing in; a slip counts once', async () => {
    const page = await openScreen(nobody, '/vote', { size: 'phone' })
    await expectAccessible(page)
    expectComplaint(/status of 400/)
    const code = findField(page, 'vote.code')
    await code.fill(codes[0] ?? '')
    await press(page, 'vote.send')
    await see(page, zh('vote.choice.missing'))
    await code.fill('ABCD-1234')
    await page.getByRole('radio', { name: zh('vote.unsatisfied'), exact: true }).check()
    await press(page, 'vote.send')
    await see(page, zh('vote.code.wrong'))
    expect(await code.inputValue()).toBe('ABCD-1234')
    await expectAccessible(page)
    // As people copy it from paper.
    await code.fill((codes[0] ?? '').toLowerCase().replaceAll('-', ' '))
    await page.getByRole('radio', { name: zh('vote.unsatisfied'), exact: true }).check()
    await press(page, 'vote.send')
    await see(page, zh('vote.thanks'))
    await expectAccessible(page)
    expect(page.url()).toMatch(/\/vote\?done/)
    const cookies = await page.context().cookies()
    expect(cookies.map(({ name }) => name)).not.toContain('session')

    expectComplaint(/status of 404/)
    await page.getByRole('link', { name: zh('vote.another') }).click()
    await code.fill(codes[0] ?? '')
    await page.getByRole('radio', { name: zh('vote.satisfied'), exact: true }).check()
    await press(page, 'vote.send')
    await see(page, zh('organisation.slipUnknown'))

    const english = await openScreen(nobody, '/vote', { size: 'phone', locale: 'en' })
    await english.getByLabel(say('en', 'vote.code'), { exact: true }).fill(codes[1] ?? '')
    await english.getByRole('radio', { name: say('en', 'vote.basic'), exact: true }).check()
    await english.getByRole('button', { name: say('en', 'vote.send'), exact: true }).click()
    await english.getByText(say('en', 'vote.thanks')).waitFor()
  })

  test('while it runs a turnout is told and no direction; closed by the leader, it is counted', async () => {
    for (const code of codes.slice(2, 9)) await nobody.api.appraisals.castBallot.mutate({ code, choice: 'satisfied' })
    const page = await openScreen(officer, address)
    const row = page.locator('tr', { hasText: union.name })
    await press(row, 'appraisals.turnout')
    await see(row, '9 / 12')
    expect(await readRow()).toMatchObject({ satisfied: null, unsatisfied: null })
    expect(await row.getByRole('button', { name: zh('appraisals.close') }).count()).toBe(0)

    // Before the last day it takes two.
    const early = await openDialog(page, 'appraisals.early', {}, row)
    await findField(early, 'appraisals.reason').fill('会员大会当场投票结束')
    await finish(early, 'appraisals.early')
    await see(row, zh('appraisals.early.asked', { reason: '会员大会当场投票结束' }))

    const head = await openScreen(leader, address)
    await head
      .locator('tr', { hasText: union.name })
      .getByRole('link', { name: zh('appraisals.close') })
      .click()
    await see(head, zh('count.of', { name: union.name }))
    await expectAccessible(head)
    const fieldOf = (at: number) => head.getByLabel(zh('count.code', { number: at + 1 }), { exact: true })
    for (const [at, code] of groupCodes.entries()) await fieldOf(at).fill(at === 2 ? (groupCodes[0] ?? '') : code)
    // Hidden from whoever types next.
    expect(await fieldOf(0).getAttribute('type')).toBe('password')
    expectComplaint(/status of 400/)
    await press(head, 'appraisals.close')
    await see(head, zh('organisation.groupCodeTwice'))
    await fieldOf(2).fill(groupCodes[2] ?? '')
    await press(head, 'appraisals.close')
    await see(head, zh('appraisals.state.closed'))
    expect(await readRow()).toMatchObject({ state: 'closed', satisfied: 7, basic: 1, unsatisfied: 1, invalid: 0 })
  })

  test('published only with what will be put right; filed by the leader; the superior reads counts', async () => {
    const page = await openScreen(officer, address)
    const row = page.locator('tr', { hasText: union.name })
    const dialog = await openDialog(page, 'appraisals.publish', {}, row)
    expectComplaint(/status of 400/)
    await press(dialog, 'appraisals.publish')
    await see(dialog, zh('organisation.rectificationMissing'))
    expect(await readFault(findField(dialog, 'appraisals.rectification'))).toBe(zh('organisation.rectificationMissing'))
    await findField(dialog, 'appraisals.rectification').fill('每月公开一次经费收支')
    await finish(dialog, 'appraisals.publish')
    await see(page, zh('appraisals.state.published'))

    const head = await openScreen(leader, address)
    const filed = await openDialog(head, 'appraisals.file', {}, head.locator('tr', { hasText: union.name }))
    await finish(filed, 'appraisals.file')
    await see(head, zh('appraisals.state.filed'))

    const above = await openScreen(superior, `${address}?appraisals.search=${encodeURIComponent('牦牛')}`)
    const seen = above.locator('tr', { hasText: union.name })
    await seen.waitFor()
    expect((await seen.locator('td').allInnerTexts()).slice(3, 9)).toEqual(['12', '12', '7', '1', '1', '0'])
    expect(await seen.getByRole('button').count()).toBe(0)
    await expectAccessible(above)
    const { text } = await superior.ask(`${address}/export.csv?appraisals.search=${encodeURIComponent('牦牛')}`)
    expect(text).toContain(union.name)
    expect(text).toContain('每月公开一次经费收支')
  })

  test('a second one in the year is refused; too few votes make one void, and it may be held again', async () => {
    const page = await openScreen(officer, address)
    const open = async (name: string) => {
      const dialog = await openDialog(page, 'appraisals.open', {}, page.locator('.area-head'))
      await choose(dialog, 'registers.union', name)
      await findField(dialog, 'appraisals.closesOn').fill(`${year}-12-31`)
      await pickColleagues(dialog, listGroup())
      await findField(dialog, 'appraisals.members').fill('40')
      await findField(dialog, 'appraisals.eligible').fill('40')
      return dialog
    }
    const twice = await open(union.name)
    expectComplaint(/status of 409/)
    await press(twice, 'appraisals.open')
    await see(twice, zh('organisation.appraisedAlready'))

    const small = await approveUnion(officer, leader, '阿坝神座客栈')
    await visit(page, address)
    await finish(await open(small.name), 'appraisals.open')
    const row = await readRow(officer, small.name)
    const appraisalId = row?.appraisalId ?? 0
    const group = await keepCodes(appraisalId)
    const { orderId } = await officer.api.appraisals.issueSlips.mutate({ appraisalId, count: 6 })
    const slips = await leader.api.appraisals.printSlips.mutate({ orderId })
    await officer.api.appraisals.askEarlyClosing.mutate({ appraisalId, reason: '会员已全部到场' })
    for (const code of slips.codes) await nobody.api.appraisals.castBallot.mutate({ code, choice: 'satisfied' })
    const head = await openScreen(leader, address)
    await head
      .locator('tr', { hasText: small.name })
      .getByRole('link', { name: zh('appraisals.close') })
      .click()
    for (const [at, code] of group.entries())
      await head.getByLabel(zh('count.code', { number: at + 1 }), { exact: true }).fill(code)
    await press(head, 'appraisals.close')
    await head.getByRole('heading', { name: zh('appraisals.title'), exact: true }).waitFor()
    await head.locator('tr', { hasText: small.name }).waitFor({ state: 'detached' })
    expect(await readRow(officer, small.name)).toBeUndefined()
    await visit(page, `${address}?missing=yes`)
    await see(page, small.name)
    await finish(await open(small.name), 'appraisals.open')
    expect(await readRow(officer, small.name)).toMatchObject({ state: 'open', round: 2 })
  })
})
