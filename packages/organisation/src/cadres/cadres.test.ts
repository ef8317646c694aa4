import { createDatabase } from '@gonglian/db'
import { SetParameter, drainFeeds } from '@gonglian/indicators'
import { performCommand, readList } from '@gonglian/records'
import type { RawListInput } from '@gonglian/records/declared'
import { DomainError, systemActor, withTenant, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { countStaffNeeded, extendContract, findSize, judgeSize } from './committee-sizes.ts'
import { organisationFeeds } from '../feeds/index.ts'
import { limits, readLimit, setLimit } from '../limits.ts'
import { ListOfficers, listOfficers } from './officer-lists.ts'
import { AppointOfficer, appointOfficer, endPost, judgeRank } from './officers.ts'
import { ApproveQuota, ListQuotas, approveQuota, listQuotas } from './quotas.ts'
import { someUnions } from '../ratings/rated-unions.ts'
import { HoldTraining, cancelTraining, holdTraining, listTrainings, planTraining } from './trainings.ts'
import { planTrainingForm, trainingView } from './training.ts'
import { ListUntrainedChairs, listUntrainedChairs } from './untrained-chairs.ts'
import { ListVacancies, checkCommittee, listVacancies, readStaffing, recordUnionDay } from './vacancies.ts'

const { deps, close, ownerUrl } = await openTestDeps()
const owner = createDatabase(ownerUrl, 1)
afterAll(async () => {
  await owner.pool.end()
  await close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const leader = (code: string) => aUser(id(code), 'leader', 'officer')
const county = leader('513221')
const township = leader('513221100')
const city = leader('5132')
const as = <T>(actor: UserActor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw error instanceof Error ? error : new Error(String(error))
}
const appoint = (actor: UserActor, officer: object) =>
  as(actor, (ctx) =>
    appointOfficer(
      ctx,
      AppointOfficer.parse({
        name: '样例',
        post: 'chair',
        engagement: 'part_time',
        validFrom: '2026-03-01',
        ...officer,
      }),
    ),
  )

describe('M085 ranks of chairs', () => {
  test('a township chair is a deputy head of party or government, a private enterprise’s of deputy rank: others are warned of', async () => {
    expect((await appoint(township, { rank: 'township_deputy', concurrentPost: '镇党委副书记' })).warnings).toEqual([])
    expect((await appoint(leader('513221101'), { rank: 'section_deputy' })).warnings).toEqual([
      { key: 'organisation.rankOther', params: { rank: 'section_deputy', post: 'chair' } },
    ])
    const [firm = 0, state = 0] = await someUnions(deps, id('513221100'), [{}, { ownership: 'state' }])
    expect((await appoint(township, { unionId: firm, rank: 'enterprise_middle' })).warnings).toHaveLength(1)
    expect((await appoint(township, { unionId: state, rank: 'enterprise_middle' })).warnings).toEqual([])
    const rows = (await as(county, (ctx) => listOfficers(ctx, ListOfficers.parse({ posts: ['chair'] })))).rows
    expect(rows.map((row) => [row.body, row.unionId === null ? 'body' : 'union', row.isRankRight])).toEqual([
      ['513221100', 'body', true],
      ['513221100', 'union', false],
      ['513221100', 'union', null],
      ['513221101', 'body', false],
    ])
    expect((await as(leader('513222'), (ctx) => listOfficers(ctx, ListOfficers.parse({})))).total).toBe(0)
  })

  test('the rules are a parameter: what the city sets holds in its counties', async () => {
    const rules = [{ level: 'county' as const, post: 'chair' as const, ranks: ['county'] }]
    await as(city, (ctx) =>
      setLimit(
        ctx,
        SetParameter.parse({ key: 'cadre.ranks', value: rules, validFrom: '2026-01-01', source: '州委组织部' }),
      ),
    )
    expect(await as(leader('513222'), (ctx) => readLimit(ctx, limits.ranks))).toEqual(rules)
    expect(await as(leader('320924'), (ctx) => readLimit(ctx, limits.ranks))).toEqual(limits.ranks.fallback)
    expect(
      await refusal(
        as(city, (ctx) =>
          setLimit(
            ctx,
            SetParameter.parse({ key: 'cadre.paid_days', value: -1, validFrom: '2026-01-01', source: '无来源' }),
          ),
        ),
      ),
    ).toMatchObject({ key: 'errors.parameterValue' })
    expect(judgeRank(rules, { level: 'county' }, 'vice_chair', 'none')).toBe(null)
  })

  test('ORG-05 a near relative of the employer’s head is no candidate; a post with one holder has one', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    expect(await refusal(appoint(township, { unionId, isNearRelative: true }))).toMatchObject({
      key: 'organisation.nearRelative',
    })
    await appoint(township, { unionId, isNearRelative: false })
    expect(await refusal(appoint(township, { unionId, name: '另一人' }))).toMatchObject({
      key: 'organisation.postTaken',
    })
    const both = await Promise.allSettled([
      appoint(township, { unionId, post: 'audit_chair' }),
      appoint(township, { unionId, post: 'audit_chair' }),
    ])
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await refusal(appoint(county, { unionId, post: 'office' }))).toMatchObject({ code: 'not_found' })
  })
})

describe('M107 quotas', () => {
  test('3 + 6 + 2 posts approved, filled and open; nobody is put on a post beyond them', async () => {
    const quota = async (unitName: string, category: string, posts: number) =>
      (
        await as(city, (ctx) =>
          approveQuota(
            ctx,
            ApproveQuota.parse({ unitName, category, posts, document: '编委〔2009〕7号', validFrom: '2009-05-01' }),
          ),
        )
      ).quotaId
    const office = await quota('机关', 'administrative', 3)
    await quota('职工维权服务中心', 'institution', 6)
    await quota('工勤', 'worker', 2)
    const fill = () => appoint(city, { post: 'office', engagement: 'full_time', quotaId: office })
    for (let person = 0; person < 3; person++) await fill()
    expect(await refusal(fill())).toMatchObject({
      fields: [{ path: 'quotaId', key: 'organisation.quotaFull', params: { posts: 3 } }],
    })
    expect(await refusal(appoint(county, { post: 'office', quotaId: office }))).toMatchObject({
      key: 'organisation.quotaNotFound',
    })
    const list = await as(city, (ctx) => listQuotas(ctx, ListQuotas.parse({})))
    expect(list).toMatchObject({ posts: 11, filled: 3 })
    expect(list.rows.map((row) => [row.category, row.posts, row.filled, row.open])).toEqual([
      ['administrative', 3, 3, 0],
      ['institution', 6, 0, 6],
      ['worker', 2, 0, 2],
    ])
  })
})

describe('clocks and sizes', () => {
  test('ORG-10 a vacancy of chair, vice chair or audit chair is filled within three months', async () => {
    const [unionId = 0] = await someUnions(deps, id('513222100'), [{}])
    const own = leader('513222100')
    const list = () => as(leader('513222'), (ctx) => listVacancies(ctx, ListVacancies.parse({})))
    const { officerId } = await appoint(own, { unionId, validFrom: '2020-01-01' })
    expect((await list()).total).toBe(0)
    expect(
      await refusal(as(own, (ctx) => endPost(ctx, { officerId, version: 1, on: '2019-12-31', reason: '调动' }))),
    ).toMatchObject({
      key: 'organisation.dayBefore',
    })
    await as(own, (ctx) => endPost(ctx, { officerId, version: 1, on: '2026-08-20', reason: '调动' }))
    expect((await list()).rows).toMatchObject([
      { unionId, post: 'chair', since: '2026-08-21', dueOn: '2026-11-21', isOverdue: false },
    ])
    const later = await as(leader('513222'), (ctx) =>
      listVacancies(ctx, ListVacancies.parse({ on: '2026-11-22', isOverdue: true })),
    )
    expect(later.rows).toHaveLength(1)
    await appoint(own, { unionId, validFrom: '2026-11-01' })
    expect((await list()).total).toBe(0)
  })

  test('ORG-12 full-time staff are three in a thousand workers, rounded up', async () => {
    expect([0, 1, 333, 1000, 1001].map((workers) => countStaffNeeded(workers, 3))).toEqual([0, 1, 1, 3, 4])
    const unions = await someUnions(deps, id('320924100'), [{}, {}, {}])
    await withTenant(deps, systemActor('test', id('320924100')), async (ctx) => {
      // The second union covers the employer of the first as well: its workers are there once.
      for (const [index, headcount] of [2500, 1].entries()) {
        const name = `配备样例单位${headcount}`
        const employer = await ctx.db
          .insertInto('organisation.employer')
          .values({ tenant_id: ctx.tenantId, name, name_key: name, headcount })
          .returning('id')
          .executeTakeFirstOrThrow()
        for (const [place, unionId] of unions.slice(index, 2).entries())
          await ctx.db
            .insertInto('organisation.covered_unit')
            .values({
              tenant_id: ctx.tenantId,
              union_id: unionId,
              employer_id: employer.id,
              mode: place === 0 ? 'joint' : 'association',
              valid_from: '2026-01-01',
            })
            .execute()
      }
    })
    await appoint(leader('320924100'), { post: 'office', engagement: 'full_time' })
    await appoint(leader('320924'), { post: 'office', engagement: 'contracted' })
    expect(await as(leader('320924'), (ctx) => readStaffing(ctx, {}))).toEqual({
      fullTime: 1,
      partTime: 0,
      contracted: 1,
      workers: 2501,
      needed: 8,
      short: 7,
    })
  })

  test('ORG-11 ORG-15 ORG-16 committee, congress and full-time chair by size', async () => {
    const committees = limits.committeeSizes.fallback
    expect(
      [24, 25, 200, 201, 1000, 1001, 5001, 10_001, 50_001].map((members) => findSize(committees, members)),
    ).toEqual([
      { from: 1, to: 5 },
      { from: 3, to: 7 },
      { from: 3, to: 7 },
      { from: 7, to: 15 },
      { from: 7, to: 15 },
      { from: 15, to: 21 },
      { from: 21, to: 29 },
      { from: 29, to: 37 },
      { from: 37, to: 45 },
    ])
    expect(findSize(limits.congressSizes.fallback, 200)).toEqual({ from: 30, to: 40 })
    expect([2, 3, 7, 8].map((seats) => judgeSize(committees, 100, seats))).toEqual(['few', 'fits', 'fits', 'many'])
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{ headcount: 200 }])
    await appoint(township, { unionId, engagement: 'full_time' })
    await appoint(township, { unionId, post: 'vice_chair' })
    expect(await as(township, (ctx) => checkCommittee(ctx, { unionId, members: 180 }))).toEqual({
      seats: 2,
      asked: { from: 3, to: 7 },
      verdict: 'few',
      congress: { from: 30, to: 40 },
      mayHaveFullTimeChair: true,
      hasFullTimeChair: true,
    })
  })

  test('ORG-13 a full-time officer’s contract runs on by the time served, another’s to the end of the term', () => {
    const served = { servedFrom: '2024-01-01', servedTo: '2024-01-31', contractEndsOn: '2024-06-30' }
    expect(extendContract({ engagement: 'full_time', ...served })).toBe('2024-07-31')
    expect(extendContract({ engagement: 'part_time', ...served })).toBe('2024-06-30')
    expect(extendContract({ engagement: 'part_time', ...served, servedTo: '2025-03-01' })).toBe('2025-03-01')
  })

  test('ORG-14 three paid days a month, of officers who are not full-time, seen by nobody above', async () => {
    const { officerId } = await appoint(leader('513221102'), { post: 'office' })
    const spend = (day: string) => as(leader('513221102'), (ctx) => recordUnionDay(ctx, { officerId, day }))
    expect([await spend('2026-10-01'), await spend('2026-10-02'), await spend('2026-10-31')]).toEqual([
      { left: 2 },
      { left: 1 },
      { left: 0 },
    ])
    expect(await spend('2026-10-31')).toEqual({ left: 0 })
    expect(await refusal(spend('2026-10-15'))).toMatchObject({ key: 'organisation.paidDaysSpent' })
    expect(await spend('2026-11-01')).toEqual({ left: 2 })
    expect((await as(county, (ctx) => sql`select from organisation.union_day`.execute(ctx.db))).rows).toEqual([])
  })
})

describe('M174 M209 M251 training', () => {
  const province = leader('32')
  const plainTraining = {
    name: '工会干部培训班',
    kind: 'class',
    topic: 'general',
    startsOn: '2026-05-01',
    endsOn: '2026-05-03',
    plannedPersons: 0,
  } as const
  const plan = (training: object) =>
    as(province, (ctx) => performCommand(ctx, planTraining, { ...plainTraining, ...training }))
  const hold = (training: { trainingId: number; version: number }, held: object) =>
    as(province, (ctx) => holdTraining(ctx, HoldTraining.parse({ ...training, ...held })))
  const year = (question: RawListInput = {}, actor = province) =>
    as(actor, (ctx) => readList(ctx, listTrainings, trainingView.input.parse(question)))

  test('M174 five classes with 260 person-times and three meetings, planned and held; each person counts once per class', async () => {
    const officers: number[] = []
    for (let person = 0; person < 12; person++)
      officers.push((await appoint(leader('320924100'), { post: 'committee_member', name: `学员${person}` })).officerId)
    for (let index = 0; index < 5; index++) {
      const training = await plan({ plannedPersons: 52 })
      const names = officers.map((officerId) => ({ officerId }))
      const first = await hold(training, { officers: [...names, ...names], audience: 0 })
      expect(first.personTimes).toBe(12)
      const held = await hold({ ...training, version: first.version }, { officers: names, audience: 40 })
      expect(held.personTimes).toBe(52)
    }
    for (let index = 0; index < 3; index++) await hold(await plan({ kind: 'meeting', name: '经验交流会' }), {})
    const dropped = await plan({ plannedPersons: 99 })
    const cancel = (actor: UserActor, training: { trainingId: number; version: number }) =>
      as(actor, (ctx) => performCommand(ctx, cancelTraining, training))
    expect(await refusal(cancel(leader('3209'), dropped))).toMatchObject({ code: 'not_found' })
    await cancel(province, dropped)
    expect(await refusal(cancel(province, dropped))).toMatchObject({ code: 'conflict', key: 'errors.conflict' })
    expect(await refusal(cancel(province, { ...dropped, version: 2 }))).toMatchObject({
      code: 'conflict',
      key: 'organisation.trainingHeld',
    })
    const seen = await year()
    expect(seen).toMatchObject({
      total: 9,
      sums: { planned: 8, plannedPersons: 260, held: 8, personTimes: 260 },
    })
    // Sums and rows are of what filters and search leave, and of what is in sight.
    expect(await year({ filters: { kind: ['meeting'] }, search: '交流' })).toMatchObject({
      total: 3,
      sums: { planned: 3, plannedPersons: 0, held: 3, personTimes: 0 },
    })
    expect((await year({ filters: { state: ['cancelled'] } })).rows).toMatchObject([{ id: dropped.trainingId }])
    expect(await year({}, leader('3209'))).toMatchObject({ total: 0, sums: { planned: 0, personTimes: 0 } })
    expect((await year({ year: 2025 })).total).toBe(0)
    // What ends before it begins is refused beside the day it ends.
    expect(planTrainingForm.schema.safeParse({ ...plainTraining, endsOn: '2026-04-30' }).error?.issues).toMatchObject([
      { path: ['endsOn'], message: 'organisation.endsBefore' },
    ])
    expect(seen.rows.filter((row) => row.state === 'held' && row.kind === 'class')).toHaveLength(5)
    expect(await refusal(hold(await plan({ startsOn: '2026-12-01', endsOn: '2026-12-01' }), {}))).toMatchObject({
      key: 'organisation.future',
    })
    expect(await refusal(hold(await plan({}), { officers: [{ officerId: 999_999 }] }))).toMatchObject({
      fields: [{ path: 'officers.0.officerId' }],
    })
    // The figure of the report is counted from the same records.
    await drainFeeds(deps, organisationFeeds)
    const { rows } = await sql<{
      figures: number
    }>`select coalesce(sum(t.audience), 0)::int + (select count(*)::int from organisation.attendance a
      where a.result in ('attended', 'passed')) as figures from organisation.training t where t.state = 'held'`.execute(
      owner.db,
    )
    expect(rows).toEqual([{ figures: 260 }])
  })

  test('M209 a lecture of the tour counts its audience', async () => {
    const before = (await year()).sums['personTimes'] ?? 0
    await hold(await plan({ kind: 'lecture', name: '巡回讲堂', topic: 'negotiation' }), { audience: 85 })
    expect((await year()).sums['personTimes']).toBe(before + 85)
  })

  test('M251 seven new chairs and 22 team leaders are sent; who is new and untrained is listed with a day', async () => {
    const chairs: number[] = []
    const unions = await someUnions(
      deps,
      id('320924100'),
      Array.from({ length: 9 }, () => ({})),
    )
    for (const [index, unionId] of unions.entries())
      chairs.push(
        (await appoint(leader('320924100'), { unionId, validFrom: index < 8 ? '2026-04-01' : '2025-03-01' })).officerId,
      )
    const leaders: number[] = []
    for (let person = 0; person < 22; person++)
      leaders.push(
        (await appoint(leader('320924100'), { unionId: unions[0], post: 'team_leader', name: `班组长${person}` }))
          .officerId,
      )
    const sent = await plan({ kind: 'sent', topic: 'new_chair', host: '省干部学校', plannedPersons: 7 })
    await hold(sent, { officers: chairs.slice(0, 7).map((officerId) => ({ officerId, result: 'passed' })) })
    const leadersSent = await plan({ kind: 'sent', topic: 'team_leader', host: '部属学院', plannedPersons: 22 })
    expect((await hold(leadersSent, { officers: leaders.map((officerId) => ({ officerId })) })).personTimes).toBe(22)
    const seen = await as(province, (ctx) => listUntrainedChairs(ctx, ListUntrainedChairs.parse({})))
    expect(seen).toMatchObject({ chairs: 9, trained: 7, total: 2, complianceRate: 8750 })
    expect(seen.rows).toMatchObject([
      { officerId: chairs[8], dueOn: '2026-03-01', isOverdue: true },
      { officerId: chairs[7], dueOn: '2027-04-01', isOverdue: false },
    ])
    // Whose officer was there sees it, though another body held it.
    const own = await as(leader('320924100'), (ctx) =>
      sql`select from organisation.attendance where officer_id = ${chairs[0]}`.execute(ctx.db),
    )
    expect(own.rows).toHaveLength(1)
  })
})
