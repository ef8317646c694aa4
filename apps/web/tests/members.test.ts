import { beforeAll, describe, expect, test } from 'vitest'
import { approveUnion, type ApprovedUnion } from './approved-union.ts'
import { choose, findField, finish, openDialog, readFault } from './fields.ts'
import { findButton, press, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { drawIds, registerMember, spoil } from './registered-member.ts'
import { expectAccessible, expectComplaint, openScreen, visit } from './screen.ts'
import { zh } from './words.ts'

let officer: Person
let leader: Person
let elsewhere: Person
let here: ApprovedUnion
let there: ApprovedUnion

const drawId = drawIds(9_400_000)

beforeAll(async () => {
  let head: Person
  ;[officer, leader, elsewhere, head] = await Promise.all([
    signIn('513221-officer'),
    signIn('513221-leader'),
    signIn('420281-officer'),
    signIn('420281-leader'),
  ])
  ;[here, there] = await Promise.all([
    approveUnion(officer, leader, '汶川云朵羌绣厂'),
    approveUnion(elsewhere, head, '大冶铜绿山机械厂'),
  ])
})

async function register(name: string, more: Partial<Parameters<typeof registerMember>[1]> & { by?: Person } = {}) {
  const { by = officer, ...rest } = more
  return registerMember(by, { name, idNumber: drawId(), unionId: here.unionId, ...rest })
}

const read = (memberId: number) => officer.api.members.getMember.query({ memberId })
const pageOf = (memberId: number) => `/organisation/members/${memberId}`

describe('who becomes a member', () => {
  test('a wrong number is told beside its field, nothing typed is lost, the right one is registered', async () => {
    const idNumber = drawId()
    const page = await openScreen(officer, '/organisation/members/new')
    await expectAccessible(page)
    await findField(page, 'members.name').fill('何登记')
    const field = findField(page, 'members.idNumber')
    await field.fill(spoil(idNumber))
    await see(page, zh('organisation.idNumber.check'))
    await choose(page, 'members.union', here.name)
    expectComplaint(/status of 400/)
    await press(page, 'members.register.submit')
    await page.getByRole('alert').getByText(zh('organisation.idNumber.check')).waitFor()
    expect(await readFault(field)).toBe(zh('organisation.idNumber.check'))
    expect(await findField(page, 'members.name').inputValue()).toBe('何登记')
    await expectAccessible(page)
    await field.fill(idNumber)
    await press(page, 'members.register.submit')
    await page.waitForURL(/\/members\/\d+/)
    await see(page, zh('members.state.active'))
    const member = await read(Number(/\/members\/(\d+)/.exec(page.url())?.[1]))
    expect(member).toMatchObject({ name: '何登记', state: 'active', unionId: here.unionId })
    expect(member.missing).toEqual(['mobile', 'hukou', 'consent'])
    await expectAccessible(page)
  })

  test('who is a member elsewhere is refused, and nothing says where', async () => {
    const { idNumber } = await register('大冶会员', { by: elsewhere, unionId: there.unionId })
    const page = await openScreen(officer, '/organisation/members/new')
    expectComplaint(/status of 409/)
    await findField(page, 'members.name').fill('大冶会员')
    await findField(page, 'members.idNumber').fill(idNumber)
    await choose(page, 'members.union', here.name)
    await press(page, 'members.register.submit')
    await page.getByRole('alert').getByText(zh('organisation.member.takenElsewhere')).waitFor()
    expect(await readFault(findField(page, 'members.idNumber'))).toBe(zh('organisation.member.takenElsewhere'))
    expect(await page.content()).not.toContain('铜绿山')
    expect((await officer.api.members.listMembers.query({ search: idNumber })).rows).toEqual([])
  })

  test('an application is written down and approved on the member’s page', async () => {
    const page = await openScreen(officer, '/organisation/members/new', { size: 'phone' })
    await findField(page, 'members.register.how').selectOption('apply')
    await findField(page, 'members.name').fill('申请人甲')
    await findField(page, 'members.idNumber').fill(drawId())
    await choose(page, 'members.union', here.name)
    await press(page, 'members.register.submit.apply')
    await page.waitForURL(/\/members\/\d+/)
    const memberId = Number(/\/members\/(\d+)/.exec(page.url())?.[1])
    expect((await read(memberId)).state).toBe('applied')
    const dialog = await openDialog(page, 'members.approve')
    await expectAccessible(page)
    await finish(dialog, 'members.approve')
    await see(page, zh('members.state.active'))
    const member = await read(memberId)
    expect(member.state).toBe('active')
    expect(member.steps.map((step) => step.to)).toEqual(['applied', 'active'])
  })
})

describe('what happens to a membership', () => {
  test('two who change one record: the second is told, keeps what was typed, and saves after looking', async () => {
    const { memberId } = await register('改动者')
    const [first, second] = await Promise.all([0, 1].map(() => openScreen(officer, pageOf(memberId), { deaf: true })))
    if (!first || !second) throw new Error('two screens')
    const [mine, theirs] = [await openDialog(first, 'members.complete'), await openDialog(second, 'members.complete')]
    await expectAccessible(first)
    await findField(mine, 'members.job').fill('绣工')
    await findField(theirs, 'members.education').fill('大专')
    await finish(mine, 'members.complete')
    expectComplaint(/status of 409/)
    await press(theirs, 'members.complete')
    await theirs.getByRole('alert').getByText(zh('errors.conflict')).waitFor()
    expect(await findField(theirs, 'members.education').inputValue()).toBe('大专')
    expect(await read(memberId)).toMatchObject({ job: '绣工', education: '' })
    await visit(second, pageOf(memberId))
    await see(second, '绣工')
    const again = await openDialog(second, 'members.complete')
    await findField(again, 'members.education').fill('大专')
    await finish(again, 'members.complete')
    await see(second, '大专')
    expect(await read(memberId)).toMatchObject({ job: '绣工', education: '大专' })
  })

  test('kept while without work, at work again, gone by own wish', async () => {
    const { memberId } = await register('去来者')
    const page = await openScreen(officer, pageOf(memberId))
    const retain = await openDialog(page, 'members.retain')
    await expectAccessible(page)
    await findField(retain, 'members.retainedFor').selectOption('unemployed')
    await finish(retain, 'members.retain')
    await see(page, zh('members.state.retained'))
    expect(await read(memberId)).toMatchObject({ state: 'retained', votes: false, pays: false })
    await finish(await openDialog(page, 'members.reemploy'), 'members.reemploy')
    await see(page, zh('members.state.active'))
    expect(await read(memberId)).toMatchObject({ state: 'active', votes: true })
    await finish(await openDialog(page, 'members.leave'), 'members.leave')
    await see(page, zh('members.state.left'))
    const member = await read(memberId)
    expect(member.steps.map((step) => step.to)).toEqual(['applied', 'active', 'retained', 'active', 'left'])
    expect(await findButton(page, 'members.complete').count()).toBe(0)
  })

  test('expelled only after group and committee, in that order, by the leader; a death is recorded', async () => {
    const [expelled, dead] = [await register('被除名者'), await register('去世者')]
    const page = await openScreen(officer, pageOf(dead.memberId))
    expect(await findButton(page, 'members.expel').count()).toBe(0)
    await finish(await openDialog(page, 'members.death'), 'members.death')
    await see(page, zh('members.state.deceased'))
    expect((await read(dead.memberId)).state).toBe('deceased')

    const head = await openScreen(leader, pageOf(expelled.memberId))
    const dialog = await openDialog(head, 'members.expel')
    await expectAccessible(head)
    expectComplaint(/status of 400/)
    await findField(dialog, 'members.expel.group').fill('2026-10-09')
    await findField(dialog, 'members.expel.committee').fill('2026-10-08')
    await findField(dialog, 'members.reason').fill('严重违法犯罪')
    await press(dialog, 'members.expel')
    await see(dialog, zh('organisation.member.expelOrder'))
    expect((await read(expelled.memberId)).state).toBe('active')
    await findField(dialog, 'members.expel.committee').fill('2026-10-10')
    await finish(dialog, 'members.expel')
    await see(head, zh('members.state.expelled'))
    expect((await read(expelled.memberId)).state).toBe('expelled')
  })
})

describe('numbers are looked at with a reason', () => {
  test('the number is shown after a reason of some length; the body’s leader reads who looked', async () => {
    const { memberId, idNumber } = await register('被查看者')
    const page = await openScreen(officer, pageOf(memberId))
    expect(await page.content()).not.toContain(idNumber)
    const dialog = await openDialog(page, 'members.open')
    await expectAccessible(page)
    expectComplaint(/status of 400/)
    await findField(dialog, 'members.open.reason').fill('看')
    await press(dialog, 'members.open')
    await dialog.getByRole('alert').waitFor()
    await findField(dialog, 'members.open.reason').fill('核对入会登记表上的号码')
    await finish(dialog, 'members.open')
    await see(page, idNumber)
    await page.reload()
    expect(await page.content()).not.toContain(idNumber)

    const head = await openScreen(leader, '/organisation/exports')
    await see(head, '核对入会登记表上的号码')
    await expectAccessible(head)
    const { openings } = await leader.api.members.listOpenings.query({
      objectKind: 'member',
      objectId: String(memberId),
    })
    expect(openings).toMatchObject([{ actor: '513221-officer', fields: ['idNumber'] }])
  })

  test('a number finds its member without ever standing in the address; a wrong one is told at once', async () => {
    const { idNumber } = await register('可找到者')
    const page = await openScreen(officer, '/organisation/members?view=own')
    await expectAccessible(page)
    const field = findField(page, 'members.search')
    await field.fill(spoil(idNumber))
    await press(page, 'members.search.do')
    await see(page, zh('organisation.idNumber.check'))
    await field.fill(idNumber)
    await press(page, 'members.search.do')
    await see(page, zh('members.search.found', { count: 1 }))
    await see(page, '可找到者')
    expect(await page.locator('tbody tr', { hasText: '在册' }).count()).toBe(1)
    expect(page.url()).not.toContain(idNumber.slice(0, 10))
  })
})

describe('cards', () => {
  test('all of a union without a card get one; a lost one is replaced by another number', async () => {
    const union = await approveUnion(officer, leader, '汶川岷江纸厂')
    const people = await Promise.all(['纸甲', '纸乙', '纸丙'].map((name) => register(name, { unionId: union.unionId })))
    const page = await openScreen(officer, '/organisation/members?view=own')
    const dialog = await openDialog(page, 'members.cards.union')
    await expectAccessible(page)
    await choose(dialog, 'members.union', union.name)
    await finish(dialog, 'members.cards.union')
    const cards = await Promise.all(people.map(async ({ memberId }) => (await read(memberId)).cardNo ?? ''))
    expect(new Set(cards).size).toBe(3)
    const [first, last] = [cards.toSorted()[0] ?? '', cards.toSorted()[2] ?? '']
    await see(page, zh('members.cards.union.done', { count: 3, first, last }))

    const memberId = people[0]?.memberId ?? 0
    await visit(page, pageOf(memberId))
    await finish(await openDialog(page, 'members.card.replace'), 'members.card.replace')
    await see(page, zh('members.replace.lost'))
    const after = (await read(memberId)).cardNo
    expect(cards).not.toContain(after)
    expect(await officer.api.members.listCards.query({ memberId })).toHaveLength(2)
  })
})
