import { beforeAll, describe, expect, test } from 'vitest'
import { choose, expectRefused, fill, finish, openAct, perform, submit } from './acts.ts'
import { dayAfter, today } from './days.ts'
import { readExports } from './exported.ts'
import { foundUnion } from './founded-union.ts'
import { findButton, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { expectAccessible, expectComplaint, openScreen, visit } from './screen.ts'
import { say, zh } from './words.ts'

let officer: Person
let leader: Person
let city: Person
let clerk: Person
let union: Awaited<ReturnType<typeof foundUnion>>
/** A training of the county that is held in these tests. */
let trainingId = 0

const year = Number(today.slice(0, 4))
/** This year, and past: trainings are listed by the year they begin in. */
const begun = today.slice(5) === '01-01' ? today : dayAfter(-1)

beforeAll(async () => {
  ;[officer, leader, city, clerk] = await Promise.all([
    signIn('513221-officer'),
    signIn('513221-leader'),
    signIn('5132-officer'),
    signIn('513221-auditor'),
  ])
  union = await foundUnion(officer, leader, {
    name: '汶川干部名册厂',
    foundedOn: dayAfter(-400),
    termYears: 3,
    bodies: ['union_committee'],
  })
})

const officersOf = async (unionId: number) => (await officer.api.cadres.listOfficers.query({ unionId })).rows

describe.sequential('who holds which post', () => {
  test('somebody is put into a post; a post that is taken and a near relative are refused beside their fields', async () => {
    const page = await openScreen(officer, '/organisation/cadres')
    await expectAccessible(page)
    const act = await openAct(page, 'cadres.appoint')
    await choose(act, 'registers.union', union.name)
    await fill(act, [
      ['cadres.name', '副主席甲'],
      ['cadres.post', 'chair'],
      ['cadres.nearRelative', true],
      ['cadres.from', dayAfter(-200)],
    ])
    expectComplaint(/status of 400/)
    await expectRefused(act, 'cadres.nearRelative', zh('organisation.nearRelative'))
    await expectAccessible(page)
    await act.getByLabel(zh('cadres.nearRelative'), { exact: true }).uncheck()
    expectComplaint(/status of 409/)
    await expectRefused(act, 'cadres.post', zh('organisation.postTaken'))
    await fill(act, [
      ['cadres.post', 'vice_chair'],
      ['cadres.appointedBy', 'dispatched'],
    ])
    await finish(act)
    await visit(page, `/organisation/cadres?officers.search=${encodeURIComponent('副主席甲')}`)
    const row = page.locator('tr[data-row]', { hasText: '副主席甲' })
    await see(row, zh('cadres.appointedBy.dispatched'))
    // Whoever only reads is offered nothing.
    const reader = await openScreen(clerk, '/organisation/cadres')
    await see(reader, zh('cadres.vacancies'))
    expect(await findButton(reader, 'cadres.appoint').count()).toBe(0)
    expect(await findButton(reader, 'cadres.end').count()).toBe(0)
  })

  test('of somebody elected the rest is said afterwards, and a page that is behind is told so', async () => {
    const address = `/organisation/cadres?union=${union.unionId}`
    const behind = await openScreen(leader, address, { deaf: true })
    const page = await openScreen(officer, address)
    const row = (place: typeof page) => place.locator('tr[data-row]', { hasText: '初任甲' })
    await perform(row(page), 'cadres.amend', [
      ['cadres.engagement', 'full_time'],
      ['cadres.rank', 'enterprise_deputy'],
      ['cadres.concurrent', '党委副书记'],
      ['cadres.partyCommittee', true],
    ])
    await see(row(page), '党委副书记')
    await see(row(page), zh('cadres.rank.enterprise_deputy'))
    expect((await officersOf(union.unionId)).find((one) => one.name === '初任甲')).toMatchObject({
      engagement: 'full_time',
      rank: 'enterprise_deputy',
      isPartyCommittee: true,
    })
    const act = await openAct(row(behind), 'cadres.amend')
    await fill(act, [['cadres.concurrent', '车间主任']])
    expectComplaint(/status of 409/)
    await submit(act)
    await see(act, zh('errors.conflict'))
    expect(await act.getByLabel(zh('cadres.concurrent'), { exact: true }).inputValue()).toBe('车间主任')
  })

  test('three paid days a month and no fourth; superiors see none of them', async () => {
    const page = await openScreen(officer, `/organisation/cadres?union=${union.unionId}`)
    const row = page.locator('tr[data-row]', { hasText: '副主席甲' })
    await see(row, '0 / 3')
    const month = today.slice(0, 7)
    for (const [day, left] of [
      ['01', 2],
      ['02', 1],
      ['03', 0],
    ] as const) {
      await perform(row, 'cadres.day', [['cadres.day.on', `${month}-${day}`]])
      await see(row, zh('cadres.day.left', { left }))
    }
    await see(row, '3 / 3')
    const act = await openAct(row, 'cadres.day')
    await fill(act, [['cadres.day.on', `${month}-04`]])
    expectComplaint(/status of 409/)
    await expectRefused(act, 'cadres.day.on', zh('organisation.paidDaysSpent', { allowed: 3 }))
    const above = await city.api.cadres.listOfficers.query({ unionId: union.unionId })
    expect(above.rows.map((one) => one.unionDays)).toEqual(above.rows.map(() => 0))
  })

  test('whether the committee is as large as its members ask for', async () => {
    const page = await openScreen(officer, `/organisation/cadres?union=${union.unionId}`)
    const part = page.getByRole('region', { name: zh('cadres.committee') })
    await see(part, zh('cadres.committee.from.headcount'))
    await see(part, zh('cadres.committee.fits'))
    await part.getByLabel(zh('slate.memberCount'), { exact: true }).fill('600')
    await findButton(part, 'cadres.committee.check').click()
    await page.waitForURL(/members=600/)
    await see(part, zh('cadres.committee.few'))
    await see(part, zh('cadres.committee.range', { from: 7, to: 15 }))
    await expectAccessible(page)
    expect(await officer.api.cadres.checkCommittee.query({ unionId: union.unionId, members: 600 })).toMatchObject({
      verdict: 'few',
      seats: 4,
    })
    const phone = await openScreen(officer, `/organisation/cadres?union=${union.unionId}`, {
      size: 'phone',
      locale: 'en',
    })
    await see(phone, say('en', 'cadres.committee.fits'))
    await expectAccessible(phone)
  })

  test('a chair leaves, the post stands empty with the day by which it is filled; the files say the same', async () => {
    const page = await openScreen(officer, `/organisation/cadres?union=${union.unionId}`)
    const row = page.locator('tr[data-row]', { hasText: '初任甲' })
    const act = await openAct(row, 'cadres.end')
    await fill(act, [
      ['cadres.end.on', dayAfter(-500)],
      ['cadres.end.reason', '调动'],
    ])
    expectComplaint(/status of 400/)
    await expectRefused(act, 'cadres.end.on', zh('organisation.dayBefore', { from: dayAfter(-400) }))
    // Long enough ago that the three months are over.
    await fill(act, [['cadres.end.on', dayAfter(-120)]])
    await finish(act)
    const section = page.locator('section', { has: page.getByRole('heading', { name: zh('cadres.vacancies') }) })
    const vacancy = section.locator('tr[data-row]', { hasText: union.name })
    await see(vacancy, dayAfter(-119))
    await see(vacancy, zh('cadres.untrained.overdue'))
    await expectAccessible(page)
    const lines = await readExports(page, section)
    const line = lines.find((cells) => cells[0] === union.name)
    expect(line).toMatchObject({ 1: zh('cadres.post.chair'), 2: dayAfter(-119), 4: zh('cadres.yes') })
    const roster = page.locator('section', {
      has: page.getByRole('heading', { name: zh('cadres.officers'), exact: true }),
    })
    const people = await readExports(page, roster)
    expect(people.map((cells) => cells[0])).toContain('副主席甲')
    expect(people.map((cells) => cells[0])).not.toContain('初任甲')
    expect((await officer.api.cadres.listVacancies.query({ isOverdue: true })).rows).toContainEqual(
      expect.objectContaining({ unionId: union.unionId, post: 'chair', since: dayAfter(-119) }),
    )
  })
})

describe.sequential('approved posts', () => {
  test('the leader enters them, somebody takes one, no more than there are; ended they are gone', async () => {
    const reader = await openScreen(officer, '/organisation/cadres/quotas')
    await expectAccessible(reader)
    expect(await findButton(reader, 'cadres.quota.approve').count()).toBe(0)
    const page = await openScreen(leader, '/organisation/cadres/quotas')
    const act = await openAct(page, 'cadres.quota.approve')
    await fill(act, [
      ['cadres.quota.unit', '职工服务中心'],
      ['cadres.quota.category', 'institution'],
      ['cadres.quota.posts', '一'],
      ['cadres.quota.document', '编委〔2026〕7号'],
      ['cadres.from', dayAfter(-30)],
    ])
    expectComplaint(/status of 400/)
    await submit(act)
    await act
      .locator('.field', { hasText: zh('cadres.quota.posts') })
      .getByRole('alert')
      .waitFor()
    await fill(act, [['cadres.quota.posts', '１']])
    await expectAccessible(page)
    await finish(act)
    const row = page.locator('tr[data-row]', { hasText: '职工服务中心' })
    await see(row, zh('cadres.category.institution'))
    const { rows } = await officer.api.cadres.listQuotas.query({})
    const quota = rows.find((one) => one.unitName === '职工服务中心')
    expect(quota).toMatchObject({ posts: 1, filled: 0, category: 'institution' })

    const cadres = await openScreen(officer, '/organisation/cadres')
    for (const [name, said] of [
      ['中心甲', null],
      ['中心乙', zh('organisation.quotaFull', { posts: 1 })],
    ] as const) {
      const appoint = await openAct(cadres, 'cadres.appoint')
      await fill(appoint, [
        ['cadres.place', 'body'],
        ['cadres.name', name],
        ['cadres.post', 'office'],
        ['cadres.engagement', 'full_time'],
        ['cadres.quota', String(quota?.quotaId)],
      ])
      if (said === null) await finish(appoint)
      else {
        expectComplaint(/status of 400/)
        await expectRefused(appoint, 'cadres.quota', said)
      }
    }
    await visit(page, '/organisation/cadres/quotas')
    const lines = await readExports(page)
    expect(lines.find((cells) => cells[0] === '职工服务中心')).toMatchObject({ 3: '1', 4: '1', 5: '0' })
    await perform(row, 'cadres.quota.end', [['cadres.quota.endOn', today]])
    await row.waitFor({ state: 'detached' })
    expect((await officer.api.cadres.listQuotas.query({})).rows.map((one) => one.unitName)).not.toContain(
      '职工服务中心',
    )
  })
})

describe.sequential('training', () => {
  test('one is planned, another cancelled; ends before it begins is refused', async () => {
    const page = await openScreen(officer, `/organisation/cadres/trainings?year=${year}`)
    await expectAccessible(page)
    const act = await openAct(page, 'trainings.planTraining')
    await fill(act, [
      ['trainings.name', '故事新任主席培训班'],
      ['trainings.topic', 'new_chair'],
      ['trainings.startsOn', begun],
      ['trainings.endsOn', dayAfter(-1, begun)],
      ['trainings.plannedPersons', '30'],
    ])
    // Said by the browser itself: a question that went out would be a complaint of the page.
    await expectRefused(act, 'trainings.endsOn', zh('organisation.endsBefore'))
    await fill(act, [['trainings.endsOn', begun]])
    await expectAccessible(page)
    await finish(act)
    await page.locator('tr[data-row]', { hasText: '故事新任主席培训班' }).waitFor()
    await officer.api.trainings.planTraining.mutate({
      name: '故事取消的班',
      kind: 'lecture',
      topic: 'general',
      startsOn: begun,
      endsOn: begun,
      plannedPersons: 9,
    })
    await visit(page, `/organisation/cadres/trainings?year=${year}&trainings.search=${encodeURIComponent('故事')}`)
    const dropped = page.locator('tr[data-row]', { hasText: '故事取消的班' })
    await perform(dropped, 'trainings.cancelTraining', [])
    await see(dropped, zh('trainings.state.cancelled'))
    const lines = await readExports(
      page,
      page.locator('section', { has: page.getByRole('heading', { name: zh('trainings.title'), exact: true }) }),
    )
    expect(
      lines
        .slice(1)
        .map((cells) => [cells[0], cells[6]])
        .toSorted(),
    ).toEqual([
      ['故事取消的班', zh('trainings.state.cancelled')],
      ['故事新任主席培训班', zh('trainings.state.planned')],
    ])
    await page.getByRole('link', { name: '故事新任主席培训班' }).click()
    await page.waitForURL(/\/cadres\/trainings\/\d+/)
    trainingId = Number(/trainings\/(\d+)/.exec(page.url())?.[1])
  })

  test('who was there is noted from the roster, also across two searches; read back, exported, seen by the city', async () => {
    const address = `/organisation/cadres/trainings/${trainingId}`
    const page = await openScreen(officer, address)
    await expectAccessible(page)
    const form = page.getByRole('region', { name: zh('cadres.training.hold') })
    const search = form.getByRole('searchbox')
    await search.fill('副主席甲')
    await form.getByLabel(zh('cadres.attendance.of', { name: '副主席甲' }), { exact: true }).selectOption('passed')
    await search.fill('初任乙')
    await form
      .getByLabel(zh('cadres.attendance.of', { name: '初任乙' }), { exact: true })
      .first()
      .selectOption('absent')
    await form.getByLabel(zh('cadres.training.audience'), { exact: true }).fill('四十')
    expectComplaint(/status of 400/)
    await findButton(form, 'cadres.training.hold.save').click()
    await form.getByRole('alert').waitFor()
    await form.getByLabel(zh('cadres.training.audience'), { exact: true }).fill('40')
    await see(form, zh('cadres.training.hold.chosen', { count: 2, present: 1 }))
    await expectAccessible(page)
    await findButton(form, 'cadres.training.hold.save').click()
    await see(page, zh('trainings.state.held'))
    const list = page.locator('section', { has: page.getByRole('heading', { name: zh('cadres.attendance.list') }) })
    await see(list.locator('tr[data-row]', { hasText: '副主席甲' }), zh('cadres.attendance.passed'))
    const lines = await readExports(page, list)
    expect(
      lines
        .slice(1)
        .map((cells) => [cells[0], cells[3]])
        .toSorted(),
    ).toEqual(
      [
        ['副主席甲', zh('cadres.attendance.passed')],
        ['初任乙', zh('cadres.attendance.absent')],
      ].toSorted(),
    )
    const { rows } = await officer.api.trainings.listTrainings.query({ year, search: '故事新任' })
    expect(rows).toMatchObject([{ id: trainingId, state: 'held', personTimes: 41 }])

    const above = await openScreen(city, address)
    await see(above, '副主席甲')
    expect(await findButton(above, 'cadres.training.hold.save').count()).toBe(0)
    const phone = await openScreen(officer, address, { size: 'phone', locale: 'en' })
    await see(phone, say('en', 'cadres.attendance.passed'))
    await expectAccessible(phone)
  })

  test('a page that is behind does not overwrite what somebody else noted', async () => {
    const behind = await openScreen(leader, `/organisation/cadres/trainings/${trainingId}`, { deaf: true })
    const { training } = await officer.api.cadres.getTraining.query({ trainingId })
    await officer.api.cadres.holdTraining.mutate({ trainingId, version: training.version, audience: 50, officers: [] })
    const form = behind.getByRole('region', { name: zh('cadres.training.hold') })
    expectComplaint(/status of 409/)
    await findButton(form, 'cadres.training.hold.save').click()
    await see(form, zh('errors.conflict'))
    expect((await officer.api.cadres.getTraining.query({ trainingId })).training.audience).toBe(50)
  })
})
