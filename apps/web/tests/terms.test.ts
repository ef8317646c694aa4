import type { Locator } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { choose, expectRefused, fill, findField, finish, openAct, perform, submit } from './acts.ts'
import { dayAfter, today, yearsBefore } from './days.ts'
import { readExports } from './exported.ts'
import { foundUnion } from './founded-union.ts'
import { findButton, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { expectAccessible, expectComplaint, openScreen, visit } from './screen.ts'
import { say, zh } from './words.ts'

const bodies = ['union_committee', 'audit_committee', 'women_committee'] as const
type Body = (typeof bodies)[number]

let officer: Person
let leader: Person
let township: Person
let clerk: Person
let due: Awaited<ReturnType<typeof foundUnion>>
let overdue: Awaited<ReturnType<typeof foundUnion>>
let electionId = 0
let congressId = 0

beforeAll(async () => {
  ;[officer, leader, township, clerk] = await Promise.all([
    signIn('513221-officer'),
    signIn('513221-leader'),
    signIn('513221100-leader'),
    signIn('513221100-officer'),
  ])
  // A term that ends in a hundred days, and one that ended ten days ago.
  due = await foundUnion(officer, leader, {
    name: '汶川届期将满厂',
    foundedOn: yearsBefore(dayAfter(100), 5),
    termYears: 5,
  })
  overdue = await foundUnion(officer, leader, {
    name: '汶川届期逾期厂',
    foundedOn: yearsBefore(dayAfter(-10), 3),
    termYears: 3,
  })
})

const termsOf = async (unionId: number) => (await officer.api.terms.listTerms.query({ unionId })).rows
const statesOf = async (unionId: number) => new Set((await termsOf(unionId)).map(({ state }) => state))

/** Types one row of a table that is filled in. */
async function fillRow(act: Locator, row: number, cells: Readonly<Record<string, string | true>>): Promise<void> {
  for (const [label, value] of Object.entries(cells)) {
    const cell = act.getByLabel(zh('acts.cell', { label, row }), { exact: true })
    if (value === true) await cell.check()
    else if ((await cell.evaluate((element) => element.tagName)) === 'SELECT') await cell.selectOption(value)
    else await cell.fill(value)
  }
}

describe.sequential('a term from its warning to the next one', () => {
  test('what is over and what will be soon stands at the top, is counted, found and taken out as a file', async () => {
    const page = await openScreen(officer, '/organisation/terms')
    await expectAccessible(page)
    const stages = page.getByRole('group', { name: zh('unions.state') })
    await stages.getByRole('button', { name: new RegExp(`^[1-9]\\d* ${zh('terms.state.overdue')}$`) }).waitFor()
    await stages.getByRole('button', { name: new RegExp(`${zh('terms.state.due_soon')}$`) }).click()
    await page.waitForURL(/due_soon/)
    const row = page.locator('tr[data-row]', { hasText: due.name }).first()
    await see(row, zh('terms.state.due_soon'))
    await see(row, '100')
    await page.locator('tr[data-row]', { hasText: overdue.name }).first().waitFor({ state: 'detached' })
    const lines = await readExports(page)
    expect(lines[0]).toContain(zh('terms.days'))
    const own = lines.filter((line) => line[0] === due.name)
    expect(own.map((line) => [line[1], line[6], line[7]])).toEqual(
      expect.arrayContaining(bodies.map((body) => [zh(`unions.termOf.${body}`), zh('terms.state.due_soon'), '100'])),
    )
    expect(lines.some((line) => line[0] === overdue.name)).toBe(false)
    const english = await openScreen(officer, '/organisation/terms', { size: 'phone', locale: 'en' })
    await see(english, say('en', 'terms.title'))
    await expectAccessible(english)
  })

  test('the officer asks for the election: a body left out is refused beside the candidates, then all three are asked for', async () => {
    const page = await openScreen(officer, `/organisation/terms?terms.search=${encodeURIComponent('届期将满')}`)
    const row = page
      .locator('tr[data-row]', { hasText: zh('unions.termOf.union_committee') })
      .filter({ hasText: due.name })
    const act = await openAct(row, 'elections.ask')
    await fill(act, [
      ['elections.planned', dayAfter(-2)],
      ['slate.memberCount', '90'],
      ['slate.eligible', '90'],
      ['slate.termYears', '5'],
    ])
    const seats = (body: Body) =>
      act.getByLabel(zh('slate.seats', { body: zh(`unions.termOf.${body}`) }), { exact: true })
    await seats('union_committee').fill('3')
    const committee = [
      ['新任主席', 'chair'],
      ['新任副主席', 'vice_chair'],
      ['初任乙', 'member'],
      ['落选人', 'member'],
    ] as const
    for (const [place, [name, post]] of committee.entries()) {
      if (place > 0) await findButton(act, 'acts.row.add').click()
      await fillRow(act, place + 1, {
        [zh('slate.body')]: 'union_committee',
        [zh('unions.person')]: name,
        [zh('slate.post')]: post,
      })
    }
    expectComplaint(/status of 400/)
    await expectRefused(act, 'slate.candidates.only', zh('organisation.election.joint'))
    await expectAccessible(page)
    // Nothing that was typed is lost.
    expect(await act.getByLabel(zh('acts.cell', { label: zh('unions.person'), row: 2 })).inputValue()).toBe(
      '新任副主席',
    )
    for (const [place, [body, name]] of (
      [
        ['audit_committee', '新经审主任'],
        ['women_committee', '新女职委主任'],
      ] as const
    ).entries()) {
      await seats(body).fill('1')
      await findButton(act, 'acts.row.add').click()
      await fillRow(act, place + 5, {
        [zh('slate.body')]: body,
        [zh('unions.person')]: name,
        [zh('slate.gender')]: 'female',
        [zh('slate.post')]: 'chair',
      })
    }
    await submit(act)
    await page.waitForURL(/\/organisation\/elections\/\d+/)
    electionId = Number(/elections\/(\d+)/.exec(page.url())?.[1])
    await see(page, zh('elections.state.asked'))
    await expectAccessible(page)
    expect(await statesOf(due.unionId)).toEqual(new Set(['in_election']))
    // Candidates are decided as an application, which stands beside them; who asked does not decide.
    await page.getByRole('link', { name: new RegExp(`^${zh('approvals.kind.election.slate')} ·`) }).click()
    await page.waitForURL(/\/approvals\/\d+/)
    await see(page, '新任副主席')
    await see(page, zh('slate.post.vice_chair'))
    await expectAccessible(page)
    expect(await findButton(page, 'applications.approveApplication').count()).toBe(0)
  })

  test('the leader approves, the officer enters the votes, the leader confirms: the elected hold their posts from the meeting on', async () => {
    const address = `/organisation/elections/${electionId}`
    const decision = await openScreen(leader, address)
    const approve = async (kind: 'election.slate' | 'election.result') => {
      await visit(decision, address)
      await decision
        .getByRole('link', { name: zh(`approvals.kind.${kind}`) })
        .first()
        .click()
      await decision.waitForURL(/\/approvals\/\d+/)
      await perform(decision, 'applications.approveApplication', [])
      await see(decision, zh('approvals.state.approved'))
    }
    await approve('election.slate')

    const page = await openScreen(officer, address)
    const act = await openAct(page, 'elections.hold')
    const heldOn = dayAfter(-2)
    await fill(act, [
      ['elections.held', heldOn],
      ['slate.present', '50'],
    ])
    const counted = ['80', '70', '60', '10', '75', '65']
    for (const [place, votes] of counted.entries()) await fillRow(act, place + 1, { [zh('slate.votes')]: votes })
    expectComplaint(/status of 400/)
    // Nobody has more votes than people came; sixty of ninety must have come.
    await expectRefused(act, 'elections.hold.votes', zh('organisation.election.tooMany', { most: '50' }))
    for (let row = 1; row <= 6; row++) await fillRow(act, row, { [zh('slate.votes')]: '50' })
    await expectRefused(act, 'slate.present', zh('organisation.election.noQuorum', { least: '60' }))
    for (const [place, votes] of counted.entries()) await fillRow(act, place + 1, { [zh('slate.votes')]: votes })
    await fill(act, [['slate.present', '85']])
    await expectAccessible(page)
    await finish(act)
    await see(page, zh('elections.state.held'))
    await see(page.locator('tr', { hasText: '落选人' }), zh('elections.notElected'))

    await perform(page, 'elections.applyResult', [])
    await findButton(page, 'elections.applyResult').waitFor({ state: 'detached' })
    await approve('election.result')
    await visit(decision, address)
    await see(decision, zh('elections.state.confirmed'))
    await expectAccessible(decision)

    const { rows } = await officer.api.cadres.listOfficers.query({ unionId: due.unionId })
    expect(rows.map((one) => [one.name, one.post, one.validFrom]).toSorted()).toEqual(
      [
        ['新任主席', 'chair', heldOn],
        ['新任副主席', 'vice_chair', heldOn],
        ['初任乙', 'committee_member', heldOn],
        ['新经审主任', 'audit_chair', heldOn],
        ['新女职委主任', 'women_chair', heldOn],
      ].toSorted(),
    )
    const terms = await termsOf(due.unionId)
    expect(terms.filter(({ state }) => state === 'running').map((term) => [term.number, term.startsOn])).toEqual([
      [2, heldOn],
      [2, heldOn],
      [2, heldOn],
    ])
    // The page of cadres shows them without anybody typing them again.
    const cadres = await openScreen(officer, `/organisation/cadres?union=${due.unionId}`)
    await see(cadres.locator('tr[data-row]', { hasText: '新任主席' }), zh('cadres.appointedBy.elected'))
    expect(await cadres.locator('tr[data-row]', { hasText: '初任甲' }).count()).toBe(0)
    await visit(cadres, `/organisation/cadres?union=${due.unionId}&on=${dayAfter(-3)}`)
    await see(cadres.locator('tr[data-row]', { hasText: '初任甲' }).first(), dayAfter(-3))
  })

  test('an election that comes to nothing leaves the old term overdue', async () => {
    const asked = await officer.api.terms.askElection.mutate({
      unionId: overdue.unionId,
      plannedOn: today,
      memberCount: 90,
      electorate: 'members',
      eligible: 90,
      termYears: 3,
      bodies: bodies
        .map((body) => ({
          body,
          seats: 1,
          candidates: [{ name: '候选人', isNearRelative: false }],
        }))
        .map((ballot) => (ballot.body === 'union_committee' ? { ...ballot, seats: 3, candidates: four } : ballot)),
    })
    await leader.api.applications.approveApplication.mutate({ applicationId: asked.applicationId, version: 1 })
    const page = await openScreen(officer, `/organisation/elections/${asked.electionId}`)
    await perform(page, 'elections.fail', [['unions.end.reason', '到会不足三分之二']])
    await see(page, zh('elections.state.failed'))
    await see(page, '到会不足三分之二')
    expect(await statesOf(overdue.unionId)).toEqual(new Set(['overdue']))
    const list = await openScreen(officer, '/organisation/elections?elections.is.state=failed')
    await list.locator('tr[data-row]', { hasText: overdue.name }).waitFor()
    await expectAccessible(list)
    const lines = await readExports(list)
    expect(lines.filter((line) => line[0] === overdue.name)).toHaveLength(1)
    expect(lines.some((line) => line[0] === due.name)).toBe(false)
  })

  test('an extension is asked for, too long a one refused, and approved by the leader alone', async () => {
    const address = `/organisation/terms?terms.search=${encodeURIComponent('届期逾期')}`
    const page = await openScreen(officer, address)
    const own = (place: typeof page) =>
      place.locator('tr[data-row]', { hasText: zh('unions.termOf.union_committee') }).filter({ hasText: overdue.name })
    const act = await openAct(own(page), 'terms.extend')
    await fill(act, [
      ['terms.extend.to', dayAfter(2000)],
      ['unions.end.reason', '企业搬迁，延期换届'],
    ])
    expectComplaint(/status of 400/)
    await submit(act)
    await act
      .locator('.field', { hasText: zh('terms.extend.to') })
      .getByRole('alert')
      .waitFor()
    await expectAccessible(page)
    await fill(act, [['terms.extend.to', dayAfter(60)]])
    await finish(act)
    // What was typed stands on the page of the application; the leader decides there.
    await page.waitForURL(/\/approvals\/\d+/)
    await see(page, '企业搬迁，延期换届')
    await expectAccessible(page)
    const decision = await openScreen(leader, new URL(page.url()).pathname)
    await perform(decision, 'applications.approveApplication', [])
    await see(decision, zh('approvals.state.approved'))
    await decision.goto(new URL(address, decision.url()).href)
    const term = (await termsOf(overdue.unionId)).find(({ body }) => body === 'union_committee')
    expect(term).toMatchObject({ extensionState: 'approved', extendedTo: dayAfter(60), state: 'due_soon' })
    await see(own(decision), zh('terms.to.extended', { to: dayAfter(60) }))
  })
})

const four = ['一', '二', '三', '四'].map((name) => ({ name: `候选人${name}`, isNearRelative: false }))

describe.sequential('a congress and its delegates', () => {
  const titleOf = () => `/organisation/congresses/${congressId}`

  test('it is planned; the places are shared out, no more than there are, and issued', async () => {
    const page = await openScreen(officer, '/organisation/congresses')
    await expectAccessible(page)
    await perform(page, 'congresses.plan', [
      ['congresses.number', '8'],
      ['elections.planned', dayAfter(30)],
      ['congresses.delegates', '12'],
    ])
    const row = page.locator('tr[data-row]', { hasText: zh('congresses.numberOf', { number: 8 }) })
    await row.getByRole('link').first().click()
    await page.waitForURL(/\/organisation\/congresses\/\d+/)
    congressId = Number(/congresses\/(\d+)/.exec(page.url())?.[1])
    await expectAccessible(page)

    const act = await openAct(page, 'delegates.share')
    const receivers = await act.locator('tbody tr').allInnerTexts()
    const own = receivers.findIndex((text) => text.includes('威州镇总工会')) + 1
    const other = receivers.findIndex((text) => text.includes('水磨镇总工会')) + 1
    await fillRow(act, own, {
      [zh('delegates.quota')]: '3',
      [zh('delegates.womenLeast')]: '1',
      [zh('delegates.frontLeast')]: '1',
    })
    await fillRow(act, other, { [zh('delegates.quota')]: '2', [zh('delegates.womenLeast')]: '5' })
    await see(act, zh('delegates.shared', { sum: 5, planned: 12 }))
    expectComplaint(/status of 400/)
    await expectRefused(
      act,
      'delegates.quotas',
      zh('acts.row.wrong', { row: other, message: zh('organisation.quota.minima') }),
    )
    await expectAccessible(page)
    await fillRow(act, other, { [zh('delegates.quota')]: '20', [zh('delegates.womenLeast')]: '' })
    await expectRefused(act, 'delegates.quotas', zh('organisation.quota.exceeds', { sum: 23, planned: 12 }))
    await fillRow(act, other, { [zh('delegates.quota')]: '2' })
    await finish(act)
    await see(page.locator('tr[data-row]', { hasText: '威州镇总工会' }), zh('delegates.state.draft'))
    // Nobody below sees a draft.
    const before = await openScreen(township, '/organisation/congresses')
    await see(before, zh('congresses.title'))
    expect(await before.getByText(zh('congresses.received')).count()).toBe(0)
    expect(await findButton(page, 'delegates.issue').count()).toBe(0)

    const decision = await openScreen(leader, titleOf())
    await perform(decision, 'delegates.issue', [])
    await see(decision.locator('tr[data-row]', { hasText: '威州镇总工会' }), zh('delegates.state.issued'))
    const { rows: quotas } = await officer.api.congresses.listDelegateQuotas.query({ congressId })
    expect(quotas.map((quota) => [quota.receiverCode, quota.quota, quota.state])).toEqual(
      expect.arrayContaining([
        ['513221100', 3, 'issued'],
        ['513221105', 2, 'issued'],
      ]),
    )
    expect(quotas).toHaveLength(2)
  })

  test('the township finds it, its clerk reads, its leader hands in; too few women are refused beside the list', async () => {
    const clerkPage = await openScreen(clerk, '/organisation/congresses', { size: 'phone' })
    await see(clerkPage, zh('congresses.received'))
    await expectAccessible(clerkPage)
    await visit(clerkPage, titleOf())
    await see(clerkPage, zh('delegates.leaderReports'))
    expect(await findButton(clerkPage, 'delegates.report').count()).toBe(0)
    await expectAccessible(clerkPage)

    const page = await openScreen(township, titleOf())
    const act = await openAct(page, 'delegates.report')
    await fill(act, [
      ['delegates.electedOn', dayAfter(-1)],
      ['slate.eligible', '60'],
      ['slate.present', '50'],
    ])
    for (const [place, name] of ['代表甲', '代表乙', '代表丙'].entries())
      await fillRow(act, place + 1, {
        [zh('unions.person')]: name,
        [zh('slate.gender')]: 'male',
        [zh('slate.votes')]: '40',
      })
    await act.getByLabel(zh('acts.cell', { label: zh('delegates.frontLine.yes'), row: 2 }), { exact: true }).check()
    await see(act, zh('delegates.counted', { count: 3, quota: 3, women: 0, front: 1 }))
    expectComplaint(/status of 400/)
    await expectRefused(act, 'delegates.title', zh('organisation.quota.women', { least: 1 }))
    await expectAccessible(page)
    await fillRow(act, 1, { [zh('slate.gender')]: 'female' })
    await finish(act)
    await see(page, zh('delegates.state.reported'))
    expect((await township.api.congresses.listDelegateQuotas.query({ of: 'received' })).rows[0]).toMatchObject({
      elected: 3,
      women: 1,
      frontLine: 1,
      state: 'reported',
    })
  })

  test('the county sends them back with a reason, the township reads it and hands in anew, the county confirms', async () => {
    const county = await openScreen(leader, titleOf())
    await county.getByRole('button', { name: '威州镇总工会', exact: true }).click()
    await see(county, '代表甲')
    await expectAccessible(county)
    const lines = await readExports(
      county,
      county.getByRole('region', { name: zh('delegates.of', { body: '威州镇总工会' }) }),
    )
    expect(lines.slice(1).map((line) => line.slice(0, 5))).toEqual([
      ['威州镇总工会', '代表甲', '女', '非一线', '40'],
      ['威州镇总工会', '代表乙', '男', '一线', '40'],
      ['威州镇总工会', '代表丙', '男', '非一线', '40'],
    ])
    await perform(county, 'delegates.return', [['unions.return.reason', '代表丙已调离 <i>']])
    await see(county, zh('delegates.returned.for', { reason: '代表丙已调离 <i>' }))

    const page = await openScreen(township, '/organisation/congresses')
    await see(page, zh('delegates.returned'))
    await visit(page, titleOf())
    await see(page, zh('delegates.returned.for', { reason: '代表丙已调离 <i>' }))
    const act = await openAct(page, 'delegates.report')
    // What was handed in before is there to be corrected.
    const third = act.getByLabel(zh('acts.cell', { label: zh('unions.person'), row: 3 }), { exact: true })
    expect(await third.inputValue()).toBe('代表丙')
    await third.fill('代表丁')
    await fill(act, [['slate.present', '50']])
    await finish(act)

    // The county's page is behind: the township was faster than it thinks.
    await visit(county, titleOf())
    await county.getByRole('button', { name: '威州镇总工会', exact: true }).click()
    await see(county, '代表丁')
    await perform(county, 'delegates.confirm', [])
    await see(county.locator('tr[data-row]', { hasText: '威州镇总工会' }).first(), zh('delegates.state.confirmed'))
    const {
      rows: [quota],
    } = await township.api.congresses.listDelegateQuotas.query({ of: 'received' })
    expect(quota).toMatchObject({ state: 'confirmed', elected: 3, returned_for: '' })
  })

  test('it is held with two thirds of the delegates, and its record is kept', async () => {
    const page = await openScreen(officer, titleOf())
    const act = await openAct(page, 'congresses.hold')
    await fill(act, [
      ['congresses.present', '7'],
      ['congresses.reports', '工作报告\n经审工作报告'],
      ['congresses.resolutions', '关于工作报告的决议'],
      ['congresses.goals', '今后五年的目标'],
    ])
    expectComplaint(/status of 400/)
    await expectRefused(act, 'congresses.present', zh('organisation.election.noQuorum', { least: 8 }))
    await fill(act, [['congresses.present', '11']])
    await finish(act)
    await see(page, zh('congresses.state.held'))
    await see(page, '关于工作报告的决议')
    await expectAccessible(page)
    const { congress } = await officer.api.congresses.getCongress.query({ congressId })
    expect(congress).toMatchObject({
      state: 'held',
      delegates_present: 11,
      reports: ['工作报告', '经审工作报告'],
      goals: '今后五年的目标',
    })
    const english = await openScreen(officer, titleOf(), { locale: 'en', size: 'phone' })
    await see(english, say('en', 'congresses.state.held'))
    await expectAccessible(english)
  })

  test('another is cancelled by the leader; who is behind is told so', async () => {
    const plan = {
      unionId: due.unionId,
      kind: 'union',
      number: 2,
      plannedOn: dayAfter(20),
      delegatesPlanned: 40,
    } as const
    const other = await officer.api.congresses.planCongress.mutate(plan)
    const behind = await openScreen(officer, `/organisation/congresses/${other.congressId}`, { deaf: true })
    const page = await openScreen(leader, `/organisation/congresses/${other.congressId}`)
    await perform(page, 'congresses.cancel', [['unions.end.reason', '合并召开']])
    await see(page, zh('congresses.state.cancelled'))
    await see(page, '合并召开')
    const act = await openAct(behind, 'congresses.hold')
    await fill(act, [['congresses.present', '40']])
    expectComplaint(/status of 409/)
    await submit(act)
    await see(act, zh('errors.conflict'))
    expect(await findField(act, 'congresses.present').inputValue()).toBe('40')

    const list = await openScreen(officer, '/organisation/congresses?congresses.is.state=cancelled')
    await list.locator('tr[data-row]', { hasText: due.name }).waitFor()
    const lines = await readExports(list)
    expect(lines.slice(1).map((line) => [line[0], line[7]])).toContainEqual([
      due.name,
      zh('congresses.state.cancelled'),
    ])
  })

  test('a union’s election may be held at its own congress', async () => {
    const plan = {
      unionId: overdue.unionId,
      kind: 'union',
      number: 2,
      plannedOn: dayAfter(9),
      delegatesPlanned: 40,
    } as const
    await officer.api.congresses.planCongress.mutate(plan)
    const page = await openScreen(officer, `/organisation/terms?terms.search=${encodeURIComponent('届期逾期')}`)
    const row = page
      .locator('tr[data-row]', { hasText: zh('unions.termOf.union_committee') })
      .filter({ hasText: overdue.name })
    const act = await openAct(row, 'elections.ask')
    await choose(act, 'elections.congress', overdue.name)
    await expectAccessible(page)
  })
})
