import { aCongress } from '@gonglian/organisation/testing'
import { shanghaiDay } from '@gonglian/tenancy'
import type { Locator } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { choose, expectRefused, fill, findField, finish, openAct, perform, submit } from './acts.ts'
import { approveDraft } from './approved-union.ts'
import { findButton, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { expectAccessible, expectComplaint, openScreen, visit } from './screen.ts'
import { zh } from './words.ts'

const today = shanghaiDay(new Date())
const firm = '汶川江河水电有限责任公司'
const name = `${firm}工会委员会`
const joint = '汶川县城关个体工商户联合工会委员会'
const shops = ['汶川城关甲店', '汶川城关乙店', '汶川城关丙店'] as const
const street = '汶川城关步行街'
const closing = '汶川歇业机械厂'

let officer: Person
let leader: Person
let city: Person
let neighbour: Person
let unionId = 0
let jointId = 0
let closingId = 0

beforeAll(async () => {
  ;[officer, leader, city, neighbour] = await Promise.all([
    signIn('513221-officer'),
    signIn('513221-leader'),
    signIn('5132-officer'),
    signIn('513222-officer'),
  ])
  await register(firm, 100)
  for (const [place, shop] of shops.entries()) await register(shop, 6, place === 0 ? '' : street)
  const { unionId: draftedId } = await officer.api.unions.draftUnion.mutate({ name: joint, kind: 'BASIC_JOINT' })
  jointId = draftedId
  const { employerId } = await register(closing, 30)
  closingId = await found(`${closing}工会委员会`, employerId)
})

function register(one: string, headcount: number, park = '') {
  return officer.api.employers.registerEmployer.mutate({ name: one, headcount, park })
}

/** The whole way over the wire, for unions the story is not about. */
async function found(title: string, employerId: number): Promise<number> {
  const draft = await officer.api.unions.draftUnion.mutate({ name: title, kind: 'BASIC_SINGLE', employerId })
  await bringToWork(draft.unionId)
  return draft.unionId
}

async function bringToWork(unionId: number): Promise<void> {
  const { version } = await approveDraft(officer, leader, { unionId, version: (await readUnion(unionId)).version })
  await officer.api.unions.foundUnion.mutate({ unionId, version, on: today, congress: aCongress() })
}

async function readUnion(id: number) {
  return (await officer.api.unions.getUnion.query({ unionId: id })).union
}

const addressOf = (id: number) => `/organisation/unions/${id}`

const paperChecks = [
  ['unions.apply.form', true],
  ['unions.apply.memberList', true],
  ['unions.apply.candidateList', true],
] as const

/** Who stands at the founding: four for three seats. */
async function writeCandidates(act: Locator): Promise<void> {
  await fill(act, [['unions.apply.members', '90'], ['slate.eligible', '90'], ...paperChecks])
  await act.getByLabel(zh('slate.seats', { body: zh('unions.termOf.union_committee') }), { exact: true }).fill('3')
  for (const row of [1, 2, 3, 4]) {
    if (row > 1) await findButton(act, 'acts.row.add').click()
    await act.getByLabel(zh('acts.cell', { label: zh('unions.person'), row }), { exact: true }).fill(`委员${row}`)
  }
}

describe.sequential('the life of a union', () => {
  test('drafted by the officer, who is told what is missing beside each field', async () => {
    const page = await openScreen(officer, '/organisation/unions')
    await expectAccessible(page)
    expectComplaint(/status of 400/)
    const act = await openAct(page, 'unions.draft')
    await fill(act, [
      ['unions.name', name],
      ['unions.headcount', '100'],
      ['unions.headcount.female', '120'],
      ['employers.areaCode', '3209'],
    ])
    await expectRefused(act, 'unions.headcount.female', zh('organisation.employer.partExceeds'))
    await fill(act, [['unions.headcount.female', '四十']])
    await expectRefused(act, 'unions.headcount.female', zh('acts.notNumber'))
    await fill(act, [['unions.headcount.female', '40']])
    await expectRefused(act, 'unions.employer', zh('organisation.union.needsEmployer'))
    await choose(act, 'unions.employer', firm)
    await expectRefused(act, 'employers.areaCode', zh('organisation.union.area'))
    await expectAccessible(page)
    await fill(act, [['employers.areaCode', '513221100']])
    await finish(act)
    await page.waitForURL(/\/organisation\/unions\/\d+/)
    unionId = Number(new URL(page.url()).pathname.split('/').at(-1))
    await expectAccessible(page)
    expect(await readUnion(unionId)).toMatchObject({ name, state: 'preparatory', area_code: '513221100', code: null })
  })

  test('applied for; a near relative is no candidate', async () => {
    const page = await openScreen(officer, addressOf(unionId))
    expectComplaint(/status of 400/)
    const act = await openAct(page, 'unions.apply')
    await writeCandidates(act)
    const relative = act.getByLabel(zh('acts.cell', { label: zh('unions.nearRelative'), row: 1 }), { exact: true })
    await relative.check()
    await expectRefused(act, 'slate.candidates.only', zh('organisation.nearRelative'))
    await relative.uncheck()
    await expectAccessible(page)
    await finish(act)
    // It stands as an application, with all that was typed; whoever applied doesn't decide.
    await page.waitForURL(/\/approvals\/\d+/)
    for (const row of [1, 2, 3, 4]) await see(page, `委员${row}`)
    await see(page, zh('approvals.seats.union_committee'))
    await see(page, zh('approvals.paper.complete'))
    await expectAccessible(page)
    expect(await findButton(page, 'applications.approveApplication').count()).toBe(0)
    await visit(page, addressOf(unionId))
    await see(page, zh('unions.state.applied'))
    const { steps } = await officer.api.unions.findNextUnionSteps.query({ unionId })
    await see(page, zh('approvals.next.decide'))
    await see(page, zh('nextSteps.due', { date: steps[0]?.due ?? '' }))
    await see(page, zh('nextSteps.waitsOwn', { roles: zh('bodies.role.leader') }))
  })

  test('the leader finds it in the queue and sends it back; the officer reads why and applies again', async () => {
    const queue = await openScreen(leader, '/organisation/applications')
    await expectAccessible(queue)
    await see(queue.locator('tr', { hasText: name }), '513221-officer')
    const decide = async () => {
      await visit(queue, '/approvals')
      await queue.getByRole('link', { name: `${zh('approvals.kind.union.founding')}：${name}`, exact: true }).click()
      await queue.waitForURL(/\/approvals\/\d+/)
    }
    await decide()
    await see(queue, '委员1')
    await perform(queue, 'applications.returnApplication', [['approvals.reason', '会员名单须补充身份证号']])
    await see(queue, zh('approvals.state.returned'))

    const page = await openScreen(officer, addressOf(unionId))
    await see(page, zh('unions.next.mend', { reason: '会员名单须补充身份证号' }))
    const act = await openAct(page, 'unions.apply')
    await writeCandidates(act)
    await finish(act)
    await page.waitForURL(/\/approvals\/\d+/)

    await decide()
    await perform(queue, 'applications.approveApplication', [])
    await see(queue, zh('approvals.state.approved'))
    const approved = await readUnion(unionId)
    expect(approved.code).toMatch(/^513221-\d{5}-[2-9A-HJ-NP-Z]{4}$/)
    expect(approved.approval_no).toMatch(/^汶川县工复〔\d{4}〕\d+号$/)
    await see(queue, approved.approval_no)
    const waiting = await leader.api.unions.listApplications.query({})
    expect(waiting.rows.map((one) => one.unionId)).not.toContain(unionId)
  })

  test('founded by its congress, not without a quorum', async () => {
    const page = await openScreen(officer, addressOf(unionId))
    expectComplaint(/status of 400/)
    const act = await openAct(page, 'unions.found')
    // Who stands was applied for: the votes alone are asked.
    await see(act, '委员4')
    expect(await act.getByText(zh('slate.eligible'), { exact: true }).count()).toBe(0)
    await fill(act, [['slate.present', '50']])
    await writeVotes(act, [45, 44, 43, 20])
    await expectRefused(act, 'slate.present', zh('organisation.election.noQuorum', { least: 60 }))
    await expectAccessible(page)
    await fill(act, [['slate.present', '80']])
    await writeVotes(act, [75, 74, 73, 20])
    await finish(act)
    await see(page, zh('unions.state.active'))
    const view = await officer.api.unions.getUnion.query({ unionId })
    expect(view.union).toMatchObject({ state: 'active', founded_on: today })
    expect(view.terms).toMatchObject([{ body: 'union_committee', number: 1, startsOn: today }])
    await see(page, firm)
  })

  test('a joint union takes units, but none that has a union of its own', async () => {
    const page = await openScreen(officer, addressOf(jointId))
    expectComplaint(/status of 409/)
    const act = await openAct(page, 'unions.cover')
    await choose(act, 'unions.employer', firm)
    await expectRefused(act, 'unions.employer', zh('organisation.coverage.takenCount', { count: 1 }))
    await choose(act, 'unions.employer', shops[0])
    await expectAccessible(page)
    await finish(act)
    await see(page, zh('unions.coverage', { count: 1 }))
    expectComplaint(/status of 400/)
    const many = await openAct(page, 'unions.cover')
    await fill(many, [['unions.cover.scope', 'park']])
    await fill(many, [['employers.park', '没有这个园区']])
    await expectRefused(many, 'employers.park', zh('organisation.coverage.nobody'))
    await fill(many, [['employers.park', street]])
    await finish(many)
    await see(page, zh('unions.coverage', { count: 3 }))
    await bringToWork(jointId)

    await visit(page, `/organisation/coverage?covered.search=${encodeURIComponent('城关')}`)
    await expectAccessible(page)
    await see(page, zh('tables.total', { count: 3 }))
    const counts = await officer.api.coverage.countCoverage.query({})
    const tile = page.locator('.tile', { hasText: zh('coverage.count.jointUnits') })
    await see(tile, String(counts.jointUnits))
    expect(counts).toMatchObject({ jointUnions: 1, jointUnits: 3 })
    const file = await officer.ask(`/organisation/coverage/export.csv?covered.search=${encodeURIComponent('城关')}`)
    expect(file.text.trim().split('\n')).toHaveLength(4)
  })

  test('accredited, with a group, and named an example by the leader', async () => {
    const asking = await openScreen(officer, addressOf(unionId))
    await perform(asking, 'unions.accredit.apply', [])
    await asking.waitForURL(/\/approvals\/\d+/)
    const page = await openScreen(leader, new URL(asking.url()).pathname)
    await perform(page, 'applications.approveApplication', [])
    await see(page, zh('approvals.state.approved'))
    await visit(page, addressOf(unionId))
    const { legal_person_no: legalNo } = await readUnion(unionId)
    expect(legalNo).not.toBe('')
    await see(page, legalNo)
    // It is registered once.
    await visit(asking, addressOf(unionId))
    expect(await findButton(asking, 'unions.accredit.apply').count()).toBe(0)
    await perform(page, 'demonstrations.nameDemonstration', [['demonstrations.partyBranch', '水电公司党支部']])
    await see(page, '水电公司党支部')
    const other = await openScreen(leader, addressOf(jointId))
    await visit(other, '/organisation/demonstrations')
    await expectAccessible(other)
    await see(other.locator('tr', { hasText: name }), '水电公司党支部')
    await visit(other, `/organisation/unions?unions.is.marks=legal&unions.search=${encodeURIComponent('江河水电')}`)
    await see(other, zh('tables.total', { count: 1 }))

    const own = await openScreen(officer, addressOf(unionId))
    await perform(own, 'unions.groups.add', [
      ['unions.groups.name', '水电公司检修车间分会'],
      ['unions.headcount', '20'],
      ['unions.headcount.female', '5'],
    ])
    await see(own, '水电公司检修车间分会')
    expect(await findButton(own, 'demonstrations.nameDemonstration').count()).toBe(0)
    const { rows } = await officer.api.unions.listUnions.query({ parentUnionId: unionId })
    expect(rows.map((one) => one.code)).toEqual([`${(await readUnion(unionId)).code}-G01`])
  })

  test('changed in two windows: the second is told, sees what the first wrote, and loses nothing', async () => {
    expectComplaint(/status of 409/)
    const [mine, theirs] = await Promise.all([
      openScreen(officer, addressOf(unionId)),
      openScreen(leader, addressOf(unionId)),
    ])
    const act = await openAct(mine, 'unions.change')
    // How many work there is the employer's to say.
    expect(await findField(act, 'unions.headcount').count()).toBe(0)
    await fill(act, [['unions.phone', '0837-6221111']])
    await perform(theirs, 'unions.change', [
      ['unions.office', '汶川县威州镇滨河路 8 号'],
      ['unions.phone', '0837-6220000'],
    ])
    await submit(act)
    await see(act, zh('errors.conflict'))
    await expectAccessible(mine)
    await findButton(act, 'acts.latest').click()
    await see(act, zh('acts.changed', { value: '0837-6220000' }))
    expect(await findField(act, 'unions.phone').inputValue()).toBe('0837-6221111')
    expect(await findField(act, 'unions.office').inputValue()).toBe('汶川县威州镇滨河路 8 号')
    await finish(act)
    await see(mine, '0837-6221111')
    expect(await readUnion(unionId)).toMatchObject({
      office: '汶川县威州镇滨河路 8 号',
      phone: '0837-6221111',
      kind: 'BASIC_SINGLE',
    })
  })

  test('its employer is restructured: the union stands in the list of those due until the leader rebuilds it', async () => {
    const page = await openScreen(officer, `/organisation/employers?employers.search=${encodeURIComponent(firm)}`)
    await expectAccessible(page)
    await page.getByRole('button', { name: firm, exact: true }).click()
    const side = page.getByRole('dialog', { name: firm, exact: true })
    await side.waitFor()
    await perform(side, 'employers.restructure', [['employers.restructure.reason', '并入州能源集团']])
    await see(side, zh('employers.state.restructured'))

    const due = await openScreen(leader, '/organisation/restructurings')
    const row = due.locator('tr', { hasText: name })
    await see(row, zh('unions.obstacle.groups', { count: 1 }))
    await see(row, zh('unions.obstacle.property'))
    await expectAccessible(due)
    const findWaiting = async () =>
      (await leader.api.unions.listRestructurings.query({})).rows.find((one) => one.unionId === unionId)
    expect(await findWaiting()).toMatchObject({ since: today, isOverdue: false, left: { members: 0, groups: 1 } })
    await due.getByRole('link', { name, exact: true }).click()
    await see(due, '并入州能源集团')
    const act = await openAct(due, 'unions.rebuild')
    await choose(act, 'unions.rebuild.employer', firm)
    await fill(act, [['unions.end.reason', '集团内重建']])
    await expectAccessible(due)
    await finish(act)
    await see(due, zh('unions.state.active'))
    expect(await findWaiting()).toBeUndefined()
    expect((await readUnion(unionId)).state).toBe('active')
  })

  test('merged into the joint union once groups, property and funds are settled', async () => {
    const page = await openScreen(leader, addressOf(unionId))
    expectComplaint(/status of 409/)
    await page.locator('.ending-part summary').click()
    await expectAccessible(page)
    const merge = await openAct(page, 'unions.merge')
    await choose(merge, 'unions.merge.into', joint)
    await fill(merge, [
      ['unions.end.document', '汶工报〔2026〕9号'],
      ['unions.end.reason', '规模缩小，并入联合工会'],
    ])
    await submit(merge)
    await see(merge, zh('organisation.end.groups', { count: 1 }))
    await merge.getByRole('button', { name: zh('pages.cancel'), exact: true }).click()

    const group = await openScreen(officer, addressOf(unionId))
    await group.getByRole('link', { name: '水电公司检修车间分会' }).click()
    await perform(group, 'unions.group.end', [['unions.end.reason', '随工会合并']])
    await see(group, zh('unions.state.revoked'))
    await settle(page)
    const again = await openAct(page, 'unions.merge')
    // What was typed before is still there.
    expect(await findField(again, 'unions.end.document').inputValue()).toBe('汶工报〔2026〕9号')
    await finish(again)
    await see(page, zh('unions.state.merged'))
    const { rows } = await officer.api.coverage.listCoverage.query({ unionId: jointId })
    expect(rows.map((one) => one.employerName).toSorted()).toEqual([...shops, firm].toSorted())
  })

  test('an employer closes: its union is revoked, not before its property and funds are settled', async () => {
    const page = await openScreen(officer, `/organisation/employers?employers.search=${encodeURIComponent(closing)}`)
    await page.getByRole('button', { name: closing, exact: true }).click()
    const side = page.getByRole('dialog', { name: closing, exact: true })
    await perform(side, 'employers.close', [
      ['employers.state', 'closed'],
      ['unions.end.reason', '停产注销'],
    ])
    await see(side, zh('employers.state.closed'))
    const end = await openScreen(leader, addressOf(closingId))
    expectComplaint(/status of 409/)
    const early = await openAct(end, 'unions.revoke')
    await fill(early, [
      ['unions.end.document', '汶工报〔2026〕10号'],
      ['unions.end.reason', '单位注销'],
    ])
    await submit(early)
    await see(early, zh('organisation.end.property'))
    await early.getByRole('button', { name: zh('pages.cancel'), exact: true }).click()
    await settle(end)
    await see(end, zh('unions.obstacle.none'))
    await perform(end, 'unions.revoke', [])
    await see(end, zh('unions.state.revoked'))
    expect(await readUnion(closingId)).toMatchObject({ state: 'revoked', ended_on: today, end_reason: '单位注销' })
  })

  test('the city reads it with its figures and no button; a neighbour finds nothing', async () => {
    const search = `unions.search=${encodeURIComponent('城关个体')}`
    const page = await openScreen(city, `/organisation/unions?${search}`)
    await see(page.locator('tr', { hasText: joint }), '汶川县')
    expect(await findButton(page, 'unions.draft').count()).toBe(1)
    await findButton(page, 'bodies.picker.open', { name: zh('bodies.filter.all') }).click()
    await page.getByRole('combobox', { name: zh('bodies.picker.label') }).fill('理县')
    await page.getByRole('option', { name: /^理县/ }).first().click()
    await page.waitForURL(/body=513222/)
    await see(page, zh('tables.noMatch'))
    await expectAccessible(page)
    await visit(page, addressOf(jointId))
    await see(page, joint)
    for (const key of ['unions.change', 'unions.cover', 'unions.accredit.apply'] as const)
      expect(await findButton(page, key).count()).toBe(0)
    await expectAccessible(page)
    // Others are at work in the county meanwhile: only what this story did is compared.
    const { jointUnions, jointUnits } = await officer.api.coverage.countCoverage.query({})
    expect(await city.api.coverage.countCoverage.query({ body: '513221' })).toMatchObject({ jointUnions, jointUnits })

    expect((await neighbour.ask(addressOf(jointId))).status).toBe(404)
    expect((await neighbour.api.unions.listUnions.query({ search: '汶川' })).total).toBe(0)
    expect((await neighbour.ask('/organisation/unions?body=513221')).status).toBe(404)
    for (const path of ['coverage', 'demonstrations', 'companions', 'staffing', 'applications', 'restructurings'])
      expect((await neighbour.ask(`/organisation/${path}`)).text, path).not.toMatch(/汶川城关|江河水电|威州镇/)
  })

  test('every list stands on a phone and in English', async () => {
    const page = await openScreen(leader, '/organisation/unions', { size: 'phone', locale: 'en' })
    for (const path of [
      'unions',
      'applications',
      'coverage',
      'restructurings',
      'companions',
      'demonstrations',
      'staffing',
    ]) {
      await visit(page, `/organisation/${path}`)
      await expectAccessible(page)
    }
    await visit(page, addressOf(unionId))
    await expectAccessible(page)
  })
})

async function writeVotes(act: Locator, votes: readonly number[]): Promise<void> {
  for (const [place, count] of votes.entries())
    await act
      .getByLabel(zh('acts.cell', { label: zh('slate.votes'), row: place + 1 }), { exact: true })
      .fill(String(count))
}

/** Notes what became of property and funds. */
async function settle(page: Parameters<typeof openAct>[0]): Promise<void> {
  for (const subject of ['property', 'funds'] as const)
    await perform(page, 'unions.settle', [
      ['unions.settle.subject', subject],
      ['unions.settle.amount', subject === 'funds' ? '1200.50' : '0'],
      ['unions.settle.receiver', '汶川县总工会'],
      ['unions.settle.document', '清〔2026〕1号'],
    ])
}
