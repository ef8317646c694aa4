import { createDatabase } from '@gonglian/db'
import { performCommand, readList } from '@gonglian/records'
import type { RawListInput } from '@gonglian/records/declared'
import { DomainError, systemActor, withTenant, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { someUnions } from '../ratings/rated-unions.ts'
import {
  KeepScreeningResult,
  ListFollowUps,
  ListScreenings,
  RecordScreening,
  countFindings,
  followUp,
  keepScreeningResult,
  listFollowUps,
  listScreenings,
  openScreeningResult,
  recordScreening,
} from './screenings.ts'
import { listActivities, recordActivity } from './activities.ts'
import { activityView, recordActivityForm } from './activity.ts'
import { roomView } from './nursing-room.ts'
import { closeRoom, listRooms, openRoom } from './nursing-rooms.ts'
import { FormWomenBody, ListWomenGaps, askWomenBody, formWomenBody, listWomenGaps } from './women-bodies.ts'

const { deps, setNow, close, ownerUrl } = await openTestDeps()
const owner = createDatabase(ownerUrl, 1)
afterAll(async () => {
  await owner.pool.end()
  await close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const leader = (code: string) => aUser(id(code), 'leader', 'officer')
const township = leader('513221100')
const county = leader('513221')
const as = <T>(actor: UserActor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw error instanceof Error ? error : new Error(String(error))
}
const form = (unionId: number, kind: 'committee' | 'member', formedOn: string) =>
  as(township, (ctx) => formWomenBody(ctx, FormWomenBody.parse({ unionId, kind, formedOn })))
const gaps = (actor: UserActor, input: object = {}) =>
  as(actor, (ctx) => listWomenGaps(ctx, ListWomenGaps.parse(input)))

describe('M203 three simultaneities', () => {
  test('ORG-02 from 25 women on a committee, fewer a member, none without women', async () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 100 }), (women, line) => {
        expect(askWomenBody(women, line)).toBe(women === 0 ? null : women < line ? 'member' : 'committee')
      }),
    )
    const [many = 0, few = 0, none = 0] = await someUnions(deps, id('513221100'), [
      { women: 25 },
      { women: 24 },
      { women: 0 },
    ])
    expect(await refusal(form(many, 'member', '2015-06-01'))).toMatchObject({
      key: 'organisation.womenMany',
      params: { women: 25, limit: 25 },
    })
    expect(await refusal(form(none, 'member', '2015-06-01'))).toMatchObject({ key: 'organisation.womenNone' })
    expect(await refusal(form(few, 'member', '2026-11-22'))).toMatchObject({ key: 'organisation.future' })
    expect((await gaps(township, { faults: ['absent'] })).rows.map((row) => row.unionId)).toEqual([many, few])
    await form(many, 'committee', '2015-06-01')
    await form(few, 'member', '2016-01-01')
    const seen = await gaps(county)
    expect(seen.rows).toMatchObject([{ unionId: few, fault: 'late', foundedOn: '2015-06-01', formedOn: '2016-01-01' }])
    expect(seen.counts).toMatchObject({ unions: 2, committees: 1, members: 1, absent: 0, coverage: 10_000 })
    // More women come: the member is too little, then a committee follows; there is never more than one of the two.
    await sql`update organisation.trade_union set female_headcount = 20, headcount = 80 where id = ${few}`.execute(
      owner.db,
    )
    await sql`update organisation.trade_union set female_headcount = 40 where id = ${few}`.execute(owner.db)
    expect((await gaps(county, { faults: ['weak'] })).rows).toMatchObject([{ unionId: few }])
    await form(few, 'committee', '2026-10-01')
    expect((await gaps(county, { on: '2026-09-30' })).counts).toMatchObject({ committees: 1, members: 1 })
    expect((await gaps(county)).counts).toMatchObject({ committees: 2, members: 0, weak: 0 })
    await expect(
      sql`insert into organisation.companion_body (tenant_id, union_id, kind, formed_on) values (${id('513221100')}, ${few}, 'women_member', '2026-11-01')`.execute(
        owner.db,
      ),
    ).rejects.toThrow(/companion_body_women/)
  })

  test('1,662 committees and 1,599 members are 3,261 unions with women', async () => {
    const unions = await someUnions(
      deps,
      id('320924100'),
      Array.from({ length: 3261 }, (_, index) => ({ women: index < 1662 ? 30 : 5 })),
    )
    await withTenant(deps, systemActor('test', id('320924100')), (ctx) =>
      ctx.db
        .insertInto('organisation.companion_body')
        .values(
          unions.map((unionId, index) => ({
            tenant_id: id('320924100'),
            union_id: unionId,
            kind: index < 1662 ? ('women_committee' as const) : ('women_member' as const),
            formed_on: '2015-06-01',
          })),
        )
        .execute(),
    )
    const { counts, total } = await gaps(leader('320924'))
    expect(counts).toEqual({
      unions: 3261,
      committees: 1662,
      members: 1599,
      absent: 0,
      weak: 0,
      late: 0,
      coverage: 10_000,
    })
    expect(counts.committees + counts.members).toBe(counts.unions)
    expect(total).toBe(0)
  })
})

describe('M034 activities and rooms', () => {
  test('activities are registered with persons; superiors read them', async () => {
    const record = (activity: object) =>
      as(township, (ctx) =>
        performCommand(ctx, recordActivity, {
          whose: 'body',
          kind: 'march_eighth',
          name: '庆三八',
          heldOn: '2026-03-08',
          persons: 120,
          ...activity,
        }),
      )
    const read = (actor: UserActor, question: RawListInput = {}) =>
      as(actor, (ctx) => readList(ctx, listActivities, activityView.input.parse(question)))
    await record({})
    await record({ kind: 'training', name: '素质提升班', heldOn: '2026-06-01', persons: 30 })
    expect(await refusal(record({ heldOn: '2026-12-01' }))).toMatchObject({
      code: 'invalid',
      fields: [{ path: 'heldOn', key: 'organisation.future' }],
    })
    const seen = await read(county)
    expect(seen).toMatchObject({ total: 2, sums: { persons: 150 } })
    expect(seen.rows.map((row) => row.kind)).toEqual(['training', 'march_eighth'])
    expect(await read(county, { filters: { kind: ['training'] } })).toMatchObject({ total: 1, sums: { persons: 30 } })
    expect((await read(leader('513222'))).total).toBe(0)
    // Of another year, and of one of the body's unions: found by the name of the union.
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{ women: 3 }])
    await record({ whose: 'union', unionId, name: '座谈会', heldOn: '2025-12-31', persons: 7 })
    expect((await read(county)).total).toBe(2)
    const before = await read(county, { year: 2025 })
    expect(before).toMatchObject({ total: 1, rows: [{ name: '座谈会' }], sums: { persons: 7 } })
    const keeper = before.rows[0]?.keeper ?? ''
    expect((await read(county, { year: 2025, search: keeper })).total).toBe(1)
    expect((await read(county, { year: 2025, search: '没有这个' })).total).toBe(0)
  })

  test('an activity of a union names one of the own, or is refused beside the field', async () => {
    const given = { whose: 'union', kind: 'care', name: '慰问', heldOn: '2026-03-08', persons: 1 }
    expect(recordActivityForm.schema.safeParse(given).error?.issues).toMatchObject([{ path: ['unionId'] }])
    const [unionId] = await someUnions(deps, id('513222'), [{ women: 3 }])
    expect(
      await refusal(
        as(township, (ctx) => performCommand(ctx, recordActivity, { ...given, whose: 'union', kind: 'care', unionId })),
      ),
    ).toMatchObject({ code: 'not_found' })
  })

  test('nursing rooms open and close with their days', async () => {
    const { roomId } = await as(township, (ctx) =>
      performCommand(ctx, openRoom, { whose: 'body', place: '一号楼二层', openedOn: '2026-01-10' }),
    )
    const close = (actor: UserActor, version: number, on: string) =>
      as(actor, (ctx) => performCommand(ctx, closeRoom, { roomId, version, on }))
    const states = async (question: RawListInput, on: string) => {
      setNow(`${on}T12:00:00+08:00`)
      const { rows } = await as(county, (ctx) => readList(ctx, listRooms, roomView.input.parse(question)))
      return rows.map(({ state }) => state)
    }
    expect(await refusal(close(township, 1, '2026-01-09'))).toMatchObject({
      code: 'invalid',
      fields: [{ path: 'on', key: 'organisation.dayBefore', params: { from: '2026-01-10' } }],
    })
    expect(await refusal(close(leader('513222'), 1, '2026-10-01'))).toMatchObject({ code: 'not_found' })
    await close(township, 1, '2026-10-01')
    const seen: unknown[] = []
    for (const on of ['2026-01-09', '2026-01-10', '2026-09-30', '2026-10-01']) seen.push(await states({}, on))
    expect(seen).toEqual([[], ['open'], ['open'], []])
    // Those that are closed are there for who asks for them.
    expect(await states({ filters: { state: ['closed'] } }, '2026-10-01')).toEqual(['closed'])
    expect(await states({ filters: { state: ['open', 'closed'] }, search: '二层' }, '2026-09-30')).toEqual(['open'])
    expect(await states({ filters: { state: [] }, search: '三层' }, '2026-11-21')).toEqual([])
    for (const version of [1, 2])
      expect(await refusal(close(township, version, '2026-10-02'))).toMatchObject({ code: 'conflict' })
  })
})

describe('M194 two-cancer screening and follow-up', () => {
  const keep = (screeningId: number, result: object = {}) =>
    as(township, (ctx) =>
      keepScreeningResult(
        ctx,
        KeepScreeningResult.parse({
          screeningId,
          name: '样例甲',
          phone: '13800000000',
          result: 'follow_up',
          note: '三个月后复查',
          consentOn: '2026-05-01',
          followUpOn: '2026-12-01',
          ...result,
        }),
      ),
    )

  test('health data are sealed whole, of one length; superiors see persons, never rows', async () => {
    const { screeningId } = await as(township, (ctx) =>
      recordScreening(ctx, RecordScreening.parse({ hospital: '县妇幼保健院', heldOn: '2026-05-01', persons: 12 })),
    )
    for (let person = 0; person < 12; person++)
      await keep(screeningId, person < 9 ? { result: 'normal', name: `名${person}`, note: '' } : {})
    expect(await refusal(keep(screeningId))).toMatchObject({ key: 'organisation.screeningFull' })
    expect(await refusal(keep(screeningId, { consentOn: '2026-12-01' }))).toMatchObject({
      key: 'organisation.consentAhead',
    })
    const { rows } = await sql<{ sealed: Buffer; row: string }>`
      select sealed, to_jsonb(r)::text as row from organisation.screening_result r`.execute(owner.db)
    expect(new Set(rows.map((row) => row.sealed.length)).size).toBe(1)
    for (const { sealed, row } of rows) {
      expect(sealed.includes(Buffer.from('样例甲'))).toBe(false)
      expect(row).not.toMatch(/样例|follow_up"\s*:\s*"|normal|13800000000/)
    }
    expect((await as(county, (ctx) => sql`select from organisation.screening_result`.execute(ctx.db))).rows).toEqual([])
    const seen = await as(county, (ctx) => listScreenings(ctx, ListScreenings.parse({ year: 2026 })))
    expect(seen).toMatchObject({ total: 1, persons: 12 })
    expect(await as(township, (ctx) => countFindings(ctx, { year: 2026 }))).toEqual({
      persons: 12,
      normal: 9,
      followUp: 3,
      treatment: 0,
    })
  })

  test('fewer than ten persons are not counted by result', async () => {
    const other = leader('513221101')
    const { screeningId } = await as(other, (ctx) =>
      recordScreening(ctx, RecordScreening.parse({ heldOn: '2026-05-01', persons: 9 })),
    )
    for (let person = 0; person < 9; person++)
      await as(other, (ctx) =>
        keepScreeningResult(
          ctx,
          KeepScreeningResult.parse({
            screeningId,
            name: `名${person}`,
            result: 'normal',
            consentOn: '2026-05-01',
            followUpOn: '2027-05-01',
          }),
        ),
      )
    expect(await as(other, (ctx) => countFindings(ctx, { year: 2026 }))).toBe(null)
  })

  test('a follow-up is reminded of by number and day; who it is opens with a reason the owner reads', async () => {
    const due = () => as(township, (ctx) => listFollowUps(ctx, ListFollowUps.parse({})))
    const list = await due()
    expect(list.total).toBe(12)
    const [first] = list.rows
    expect(Object.keys(first ?? {}).toSorted()).toEqual([
      'followUpOn',
      'heldOn',
      'hospital',
      'isOverdue',
      'resultId',
      'version',
    ])
    const resultId = first?.resultId ?? 0
    const opened = await as(township, (ctx) => openScreeningResult(ctx, { resultId, reason: '电话回访复查情况' }))
    expect(opened).toMatchObject({ name: '名0', result: 'normal', phone: '13800000000' })
    const { rows } =
      await sql`select reason, fields from tenancy.opening where object_kind = 'screening_result' and object_id = ${String(resultId)}`.execute(
        owner.db,
      )
    expect(rows).toEqual([{ reason: '电话回访复查情况', fields: ['name', 'phone', 'result', 'note'] }])
    for (const actor of [county, leader('513221101')])
      expect(
        await refusal(as(actor, (ctx) => openScreeningResult(ctx, { resultId, reason: '想看一看结果' }))),
      ).toMatchObject({ code: 'not_found' })
    expect(
      await refusal(
        as(aUser(id('513221100'), 'finance'), (ctx) => openScreeningResult(ctx, { resultId, reason: '想看一看结果' })),
      ),
    ).toMatchObject({ code: 'forbidden' })
    const { version } = await as(township, (ctx) => followUp(ctx, { resultId, version: 1, again: '2027-03-01' }))
    expect((await due()).total).toBe(11)
    await as(township, (ctx) => followUp(ctx, { resultId, version, again: null }))
    expect((await as(township, (ctx) => listFollowUps(ctx, ListFollowUps.parse({ until: '2028-01-01' })))).total).toBe(
      11,
    )
  })
})
