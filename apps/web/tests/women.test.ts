import pg from 'pg'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { choose, expectRefused, fill, finish, openAct, perform, submit } from './acts.ts'
import { dayAfter, today } from './days.ts'
import { readExports } from './exported.ts'
import { foundUnion } from './founded-union.ts'
import { findButton, findDialog, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { expectAccessible, expectComplaint, openScreen, visit } from './screen.ts'
import { say, zh } from './words.ts'

const year = Number(today.slice(0, 4))
/** This year and not to come: lists are by the year. */
const begun = today.slice(5) === '01-01' ? today : dayAfter(-1)

let officer: Person
let leader: Person
let city: Person
let auditor: Person
let many: Awaited<ReturnType<typeof foundUnion>>
let few: Awaited<ReturnType<typeof foundUnion>>
let screeningId = 0

beforeAll(async () => {
  ;[officer, leader, city, auditor] = await Promise.all([
    signIn('513221-officer'),
    signIn('513221-leader'),
    signIn('5132-officer'),
    signIn('513221-auditor'),
  ])
  const found = (name: string, women: number) =>
    foundUnion(officer, leader, {
      name,
      women,
      foundedOn: dayAfter(-300),
      termYears: 5,
      bodies: ['union_committee'],
    })
  many = await found('汶川女工多的厂', 40)
  few = await found('汶川女工少的厂', 6)
})

const sectionOf = (page: Awaited<ReturnType<typeof openScreen>>, title: string) =>
  page.locator('section', { has: page.getByRole('heading', { name: title, exact: true }) })

describe.sequential('the women’s organisation', () => {
  test('unions that lack it are listed; a member where a committee is due is refused; formed late it stays as late', async () => {
    const page = await openScreen(officer, '/organisation/women?gaps.is.fault=absent')
    await expectAccessible(page)
    const gaps = sectionOf(page, zh('women.gaps'))
    const row = gaps.locator('tr[data-row]', { hasText: many.name })
    await see(row, zh('women.fault.absent'))
    const lines = await readExports(page, gaps)
    expect(lines.slice(1).map((cells) => cells[0])).toEqual(expect.arrayContaining([many.name, few.name]))
    const act = await openAct(row, 'women.form')
    await fill(act, [
      ['women.form.kind', 'member'],
      ['women.formed', begun],
    ])
    expectComplaint(/status of 400/)
    await expectRefused(act, 'women.form.kind', zh('organisation.womenMany', { women: 40, limit: 25 }))
    await expectAccessible(page)
    await fill(act, [['women.form.kind', 'committee']])
    await finish(act)
    await row.waitFor({ state: 'detached' })
    const { rows } = await officer.api.women.listWomenGaps.query({ search: '女工多' })
    expect(rows).toMatchObject([{ unionId: many.unionId, fault: 'late', formedOn: begun }])
    // Of few women a member is enough.
    await perform(gaps.locator('tr[data-row]', { hasText: few.name }), 'women.form', [
      ['women.form.kind', 'member'],
      ['women.formed', begun],
    ])
    const { counts } = await officer.api.women.listWomenGaps.query({})
    expect(counts.committees + counts.members + counts.absent).toBe(counts.unions)
    await visit(page, '/organisation/women')
    await see(
      page,
      zh('women.sum', {
        committees: counts.committees,
        members: counts.members,
        absent: counts.absent,
        unions: counts.unions,
      }),
    )
    const reader = await openScreen(auditor, '/organisation/women', { size: 'phone', locale: 'en' })
    await see(reader, say('en', 'women.coverage'))
    expect(await reader.getByRole('button', { name: say('en', 'women.form'), exact: true }).count()).toBe(0)
    await expectAccessible(reader)
  })

  test('an activity is recorded and a nursing room opened and closed; a day before it opened is refused beside the field', async () => {
    const page = await openScreen(officer, `/organisation/women?year=${year}`)
    const activities = sectionOf(page, zh('womenActivities.title'))
    const record = await openAct(activities, 'womenActivities.recordActivity')
    // Of a union, but of which?
    await fill(record, [
      ['women.place', 'union'],
      ['womenActivities.name', '故事三八活动'],
      ['womenActivities.kind', 'march_eighth'],
      ['womenActivities.heldOn', dayAfter(2)],
      ['womenActivities.persons', '120'],
    ])
    // Said by the browser itself: a question that went out would be a complaint of the page.
    await expectRefused(record, 'registers.union', zh('errors.inputMissing'))
    await fill(record, [['women.place', 'body']])
    expectComplaint(/status of 400/)
    await expectRefused(record, 'womenActivities.heldOn', zh('organisation.future'))
    await fill(record, [['womenActivities.heldOn', begun]])
    await expectAccessible(page)
    await finish(record)
    await see(activities.locator('tr[data-row]', { hasText: '故事三八活动' }), zh('womenActivities.kind.march_eighth'))
    const { sums } = await officer.api.womenActivities.listActivities.query({ year })
    await see(activities, zh('womenActivities.sums', { persons: (sums['persons'] ?? 0).toLocaleString('zh-CN') }))
    const lines = await readExports(page, activities)
    expect(lines.find((cells) => cells[0] === '故事三八活动')).toMatchObject({
      1: zh('womenActivities.kind.march_eighth'),
      2: '汶川县总工会',
      3: begun,
      4: '120',
    })

    // Another year beside it has its own.
    await activities.getByRole('button', { name: zh('registers.year.before'), exact: true }).click()
    await page.waitForURL(new RegExp(`year=${year - 1}`))
    await activities.locator('tr[data-row]', { hasText: '故事三八活动' }).waitFor({ state: 'detached' })

    const rooms = sectionOf(page, zh('nursingRooms.title'))
    const open = await openAct(rooms, 'nursingRooms.openRoom')
    await fill(open, [
      ['women.place', 'union'],
      ['nursingRooms.place', '二号楼一层 <东>'],
      ['nursingRooms.openedOn', dayAfter(-20)],
    ])
    await choose(open, 'registers.union', few.name)
    await expectAccessible(page)
    await finish(open)
    const row = rooms.locator('tr[data-row]', { hasText: '二号楼一层 <东>' })
    await see(row, few.name)
    const close = await openAct(row, 'nursingRooms.closeRoom')
    await fill(close, [['nursingRooms.closedOn', dayAfter(-30)]])
    expectComplaint(/status of 400/)
    await expectRefused(close, 'nursingRooms.closedOn', zh('organisation.dayBefore', { from: dayAfter(-20) }))
    await fill(close, [['nursingRooms.closedOn', begun]])
    await finish(close)
    await row.waitFor({ state: 'detached' })
    await visit(page, '/organisation/women?nursingRooms.is.state=closed')
    await see(row, zh('nursingRooms.state.closed'))
    await see(row, begun)
    expect((await readExports(page, rooms)).find((cells) => cells[0] === '二号楼一层 <东>')).toMatchObject({
      2: dayAfter(-20),
      3: begun,
    })
    expect((await officer.api.nursingRooms.listRooms.query({ search: '二号楼一层' })).total).toBe(0)
  })
})

describe.sequential('screenings and what they found', () => {
  const address = `/organisation/women/screenings?year=${year}`

  test('a screening counts persons; superiors see them, and nothing of results', async () => {
    const page = await openScreen(officer, address)
    await expectAccessible(page)
    await perform(page, 'women.screening.record', [
      ['women.hospital', '故事县医院'],
      ['women.heldOn', begun],
      ['women.persons', '2'],
    ])
    const row = page.locator('tr[data-row]', { hasText: '故事县医院' })
    await see(row, '2')
    const { rows } = await city.api.women.listScreenings.query({ year, search: '故事县医院' })
    expect(rows).toMatchObject([{ persons: 2, body: '513221' }])
    screeningId = rows[0]?.screeningId ?? 0
    const above = await openScreen(city, address)
    await see(above, '故事县医院')
    expect(
      await findButton(above.locator('tr[data-row]', { hasText: '故事县医院' }), 'women.result.keep').count(),
    ).toBe(0)
    const lines = await readExports(page, sectionOf(page, zh('women.screenings', { year: String(year) })))
    expect(lines.find((cells) => cells[1] === '故事县医院')).toMatchObject({ 0: begun, 3: '2' })
  })

  test('a result is kept with consent, sealed: the database holds no name', async () => {
    const page = await openScreen(officer, address)
    const row = page.locator('tr[data-row]', { hasText: '故事县医院' })
    const act = await openAct(row, 'women.result.keep')
    await fill(act, [
      ['cadres.name', '故事女工某'],
      ['women.phone', '13800138000'],
      ['women.result', 'follow_up'],
      ['ledgers.note', '三个月后复查'],
      ['women.consentOn', dayAfter(3)],
      ['women.followUpOn', dayAfter(10)],
    ])
    expectComplaint(/status of 400/)
    await expectRefused(act, 'women.consentOn', zh('organisation.consentAhead'))
    await expectAccessible(page)
    await fill(act, [['women.consentOn', begun]])
    await finish(act)
    const client = new pg.Client({ connectionString: inject('house').ownerUrl })
    await client.connect()
    try {
      await client.query("select set_config('app.tenant', '0', false), set_config('app.reach', 'system', false)")
      const { rows } = await client.query<{ sealed: Buffer; row: string }>(
        'select sealed, r::text as row from organisation.screening_result r where screening_id = $1',
        [screeningId],
      )
      expect(rows).toHaveLength(1)
      expect(rows[0]?.row).not.toContain('故事女工某')
      expect(rows[0]?.sealed.includes(Buffer.from('故事女工某'))).toBe(false)
    } finally {
      await client.end()
    }
  })

  test('it is opened with a reason, which stands in the register of openings; too short a reason opens nothing', async () => {
    const page = await openScreen(officer, address)
    const due = sectionOf(page, zh('women.followUps'))
    const row = due.locator('tr[data-row]', { hasText: '故事县医院' })
    await see(row, dayAfter(10))
    // A list opens nobody.
    expect(await page.getByText('故事女工某').count()).toBe(0)
    const act = await openAct(row, 'women.result.open')
    await fill(act, [['women.result.reason', '看']])
    expectComplaint(/status of 400/)
    await submit(act)
    await act
      .locator('.field', { hasText: zh('women.result.reason') })
      .getByRole('alert')
      .waitFor()
    await fill(act, [['women.result.reason', '电话回访复查情况']])
    await submit(act)
    const shown = findDialog(page).filter({ hasText: '故事女工某' })
    await see(shown, '13800138000')
    await see(shown, zh('women.result.follow_up'))
    await see(shown, '三个月后复查')
    await expectAccessible(page)
    // The owner reads who opened it and why.
    const { openings } = await leader.api.members.listOpenings.query({})
    expect(openings).toContainEqual(
      expect.objectContaining({ objectKind: 'screening_result', reason: '电话回访复查情况' }),
    )
    const owner = await openScreen(leader, address)
    await owner.getByRole('link', { name: zh('women.openings'), exact: true }).click()
    const opening = owner.locator('tr[data-row]', { hasText: '电话回访复查情况' })
    await see(opening, zh('women.result'))
    await expectAccessible(owner)
    expect((await city.api.women.listFollowUps.query({ until: dayAfter(400) })).rows).toEqual([])
  })

  test('she is asked again, and once more on another day; then nothing is left to do', async () => {
    const page = await openScreen(officer, address)
    const due = sectionOf(page, zh('women.followUps'))
    const row = due.locator('tr[data-row]', { hasText: '故事县医院' })
    await perform(row, 'women.followUp', [['women.followUp.again', dayAfter(90)]])
    // Beyond the thirty days that are shown at first.
    await row.waitFor({ state: 'detached' })
    await visit(page, `${address}&until=${dayAfter(100)}`)
    await see(row, dayAfter(90))
    await expectAccessible(page)
    await perform(row, 'women.followUp', [])
    await row.waitFor({ state: 'detached' })
    const { rows } = await officer.api.women.listFollowUps.query({ until: dayAfter(400) })
    expect(rows.filter((one) => one.hospital === '故事县医院')).toEqual([])
  })

  test('findings are counted for ten women and more, never for fewer', async () => {
    const other = year - 3
    const page = await openScreen(officer, `/organisation/women/screenings?year=${other}`)
    await perform(page, 'women.findings.count', [])
    await see(page, zh('women.findings.few'))
    const { screeningId: id } = await officer.api.women.recordScreening.mutate({
      heldOn: `${other}-05-01`,
      persons: 12,
    })
    for (let person = 0; person < 10; person += 1)
      await officer.api.women.keepScreeningResult.mutate({
        screeningId: id,
        name: `故事女工${person}`,
        result: person < 7 ? 'normal' : person < 9 ? 'follow_up' : 'treatment',
        consentOn: `${other}-05-01`,
        followUpOn: dayAfter(400),
      })
    await perform(page, 'women.findings.count', [])
    await see(page, zh('women.findings.persons', { persons: 10 }))
    const said = await page.locator('.findings').innerText()
    for (const [result, count] of [
      ['normal', 7],
      ['follow_up', 2],
      ['treatment', 1],
    ] as const)
      expect(said.replaceAll(/\s+/g, ' ')).toContain(`${zh(`women.result.${result}`)} ${count}`)
    await expectAccessible(page)
    // Not for whoever may not open one.
    const reader = await openScreen(auditor, address)
    await see(reader, zh('women.screening'))
    expect(await findButton(reader, 'women.findings.count').count()).toBe(0)
    expect(await reader.getByText(zh('women.followUps')).count()).toBe(0)
  })
})
