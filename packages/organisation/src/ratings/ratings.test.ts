import { anAccount } from '@gonglian/auth/testing'
import { createDatabase } from '@gonglian/db'
import { DomainError, systemActor, withTenant, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, listActs, openTestDeps } from '@gonglian/tenancy/testing'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { answerAppeal, appealRating, AppealRating } from './appeals.ts'
import { awardRating, beginReCheck, decideReCheck, DecideReCheck } from './awards.ts'
import { compareBaseline, CompareBaseline, takeBaseline } from '../checklists/baselines.ts'
import { readHomeRates, readPlanGrid } from './plan-grids.ts'
import { getRating, listRatings, ListRatings } from './rating-lists.ts'
import { planRatings } from './rating-plans.ts'
import { recommendRating, selfAssess, SelfAssess, withdrawRating } from './ratings.ts'
import {
  listReviewers,
  openReview,
  publishRating,
  readmitReviewer,
  recuseReviewer,
  returnRating,
  scoreRating,
} from './reviews.ts'
import { listSteps } from '../steps.ts'
import { someUnions } from './rated-unions.ts'
import { draftScheme } from './scheme-drafts.ts'
import { DefineScheme, defineScheme, ListSchemes, listSchemes } from './schemes.ts'

const { deps, close, ownerUrl, setNow } = await openTestDeps()
const owner = createDatabase(ownerUrl, 1)
afterAll(async () => {
  await owner.pool.end()
  await close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const named = (code: string, name: string, ...roles: Parameters<typeof aUser>[1][]): UserActor => ({
  ...aUser(id(code), ...roles),
  username: `${code}-${name}`,
})
const township = named('513221100', 'officer', 'officer')
const county = named('513221', 'leader', 'leader')
const officer = named('513221', 'officer', 'officer')
const city = named('5132', 'leader', 'leader')
const reviewers = ['a', 'b', 'c', 'd'].map((name) => named('513221', name, 'reviewer'))
const cityReviewers = ['a', 'b', 'c'].map((name) => named('5132', name, 'reviewer'))
for (const { tenantId, username } of [...reviewers, ...cityReviewers])
  await anAccount(deps, tenantId, username, 'reviewer')
const as = <T>(actor: UserActor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw error instanceof Error ? error : new Error(String(error))
}

const items = [
  { textZh: '组织建设', textEn: 'Organisation', maxScore: 60 },
  { textZh: '作用发挥', textEn: 'Effect', maxScore: 40 },
  { textZh: '发生重大事故', textEn: 'A grave accident', maxScore: 0, isVeto: true },
]
const level = (
  nameZh: string,
  minScore: number,
  grantedBy: 'township' | 'county' | 'city',
  more: Partial<z.input<typeof DefineScheme>['levels'][number]> = {},
) => ({ nameZh, nameEn: nameZh, minScore, grantedBy, ...more })
const define = (code: string, more: Partial<z.input<typeof DefineScheme>>, actor = city) =>
  as(actor, async (ctx) => {
    const input = DefineScheme.parse({
      code,
      nameZh: '星级职工之家',
      nameEn: 'Star home',
      track: 'star',
      validityMonths: 24,
      validFrom: '2020-01-01',
      items,
      levels: [
        level('一星', 50, 'township'),
        level('二星', 60, 'county', { countsAs: 'qualified' }),
        level('三星', 70, 'city', { countsAs: 'model' }),
      ],
      ...more,
    })
    return (await defineScheme(ctx, input)).schemeId
  })
const star = await define('star', {})
const home = await define('home', {
  nameZh: '职工之家',
  track: 'home',
  levels: [
    level('合格职工之家', 60, 'county', { countsAs: 'qualified' }),
    level('模范职工之家', 80, 'county', { countsAs: 'model', minSatisfaction: 9000 }),
    level('十佳职工之家', 90, 'county', { countsAs: 'model' }),
  ],
})

/** An appraisal held this year, as its counts would stand after closing. */
const appraise = (unionId: number, satisfied = 19, unsatisfied = 1, tenant = '513221100') =>
  withTenant(deps, systemActor('test', id(tenant)), (ctx) =>
    ctx.db
      .insertInto('organisation.appraisal')
      .values({
        tenant_id: id(tenant),
        union_id: unionId,
        year: 2026,
        state: 'filed',
        group_size: 3,
        members: 20,
        eligible: 20,
        slips: 20,
        participation: 3000,
        opened_on: '2026-03-01',
        closes_on: '2026-03-08',
        closed_on: '2026-03-08',
        published_on: '2026-03-10',
        filed_on: '2026-03-12',
        satisfied,
        basic: 0,
        unsatisfied,
        invalid: 0,
      })
      .execute(),
  )
const versionOf = (ratingId: number) =>
  as(city, async (ctx) => {
    const row = await ctx.db
      .selectFrom('organisation.rating')
      .select('version')
      .where('id', '=', ratingId)
      .executeTakeFirstOrThrow()
    return row.version
  })
const plan = async (unionId: number | null, rank: number, schemeId = star, actor: UserActor = township) => {
  const { planned } = await as(actor, (ctx) =>
    planRatings(ctx, { schemeId, year: 2026, rows: [{ unionId, quarter: 4, rank }] }),
  )
  return planned[0]?.ratingId ?? 0
}
const assess = async (ratingId: number, scores: readonly [number, number] = [55, 40], actor: UserActor = township) =>
  as(actor, async (ctx) =>
    selfAssess(
      ctx,
      SelfAssess.parse({
        ratingId,
        version: await versionOf(ratingId),
        scores: scores.map((score, index) => ({ position: index + 1, score })),
      }),
    ),
  )
const recommend = async (ratingId: number, actor: UserActor = township) =>
  as(actor, async (ctx) =>
    recommendRating(ctx, { ratingId, version: await versionOf(ratingId), recommendation: '材料齐全' }),
  )
const review = async (ratingId: number, committee = reviewers, actor: UserActor = county) =>
  as(actor, async (ctx) =>
    openReview(ctx, {
      ratingId,
      version: await versionOf(ratingId),
      reviewers: committee.map((one) => one.username),
    }),
  )
const score = (ratingId: number, who: UserActor, scores: readonly [number, number], vetoes: number[] = []) =>
  as(who, (ctx) =>
    scoreRating(ctx, { ratingId, vetoes, scores: scores.map((one, index) => ({ position: index + 1, score: one })) }),
  )
const publish = async (ratingId: number, actor: UserActor = county) =>
  as(actor, async (ctx) => publishRating(ctx, { ratingId, version: await versionOf(ratingId) }))
const award = async (ratingId: number, actor: UserActor = county) =>
  as(actor, async (ctx) =>
    awardRating(ctx, { ratingId, version: await versionOf(ratingId), certificateNo: `证${ratingId}` }),
  )
const today = '2026-11-21T12:00:00+08:00'
const afterNotice = '2026-11-30T12:00:00+08:00'
const [third, fourth] = [reviewers[2] ?? county, reviewers[3] ?? county]

/** The whole way to a title. */
async function climb(
  unionId: number | null,
  rank: number,
  schemeId = star,
  who: { owner?: UserActor; grantor?: UserActor; committee?: UserActor[] } = {},
): Promise<number> {
  const { owner: own = township, grantor = county, committee = reviewers } = who
  const ratingId = await plan(unionId, rank, schemeId, own)
  await assess(ratingId, [60, 40], own)
  await recommend(ratingId, own)
  await review(ratingId, committee, grantor)
  for (const one of committee) await score(ratingId, one, [60, 38])
  await publish(ratingId, grantor)
  setNow(afterNotice)
  await award(ratingId, grantor)
  expect((await listActs(deps, { kind: 'rating', id: ratingId })).at(-1)).toBe('rating.awarded')
  setNow(today)
  return ratingId
}
/** A title as loaders bring it. */
const grant = async (
  unionId: number | null,
  rank: number,
  schemeId = star,
  tenant = '513221100',
  heldFrom = '2026-01-01',
) =>
  withTenant(deps, systemActor('test', id('5132')), async (ctx) => {
    const rating = await ctx.db
      .insertInto('organisation.rating')
      .values({
        tenant_id: id(tenant),
        grantor_id: id('513221'),
        scheme_id: schemeId,
        union_id: unionId,
        year: 2025,
        quarter: 4,
        target_rank: rank,
        awarded_rank: rank,
        state: 'awarded',
        published_on: '2025-12-01',
        notice_ends_on: '2025-12-08',
        awarded_on: heldFrom,
        awarded_by: 'test',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await ctx.db
      .insertInto('organisation.home_title')
      .values({
        tenant_id: id(tenant),
        grantor_id: id('513221'),
        rating_id: rating.id,
        union_id: unionId,
        scheme_id: schemeId,
        rank,
        certificate_no: `旧${rating.id}`,
        held_from: heldFrom,
        valid_to: '2028-01-01',
      })
      .execute()
    return rating.id
  })

describe('M036 M045 from plan to award', () => {
  test('a union assesses itself, the township recommends, the county reviews, publishes and its leader signs', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    await appraise(unionId)
    await grant(unionId, 1)
    const ratingId = await climb(unionId, 2)
    const seen = await as(township, (ctx) => getRating(ctx, { ratingId }))
    expect(seen).toMatchObject({
      state: 'awarded',
      reviewTotal: 9800,
      awardedRank: 2,
      awardedBy: '513221-leader',
      publishedOn: '2026-11-21',
      noticeEndsOn: '2026-11-28',
      awardedOn: '2026-11-30',
    })
    // The rated body sees the result and every move, not who gave what.
    expect(seen.reviews).toEqual([])
    expect(seen.steps.map((step) => [step.to, step.actor.startsWith('513221-')])).toEqual([
      ['planned', false],
      ['self_assessed', false],
      ['recommended', false],
      ['under_review', true],
      ['published', true],
      ['awarded', true],
    ])
    const elsewhere = await as(named('513221101', 'neighbour', 'officer'), (ctx) => listSteps(ctx, 'rating', ratingId))
    expect(elsewhere).toEqual([])
    const { rows } = await sql`
      select rank, held_from::text, valid_to::text, ended_on::text, end_reason from organisation.home_title
      where union_id = ${unionId} order by id`.execute(owner.db)
    expect(rows).toEqual([
      { rank: 1, held_from: '2026-01-01', valid_to: '2028-01-01', ended_on: '2026-11-30', end_reason: 'raised' },
      { rank: 2, held_from: '2026-11-30', valid_to: '2028-11-30', ended_on: null, end_reason: null },
    ])
    const list = await as(county, (ctx) => listRatings(ctx, ListRatings.parse({ isGrantor: true, state: 'awarded' })))
    expect(list.rows.map((row) => row.ratingId)).toContain(ratingId)
    const marks =
      await sql`select from indicators.feed_mark where records = 'organisation.home_title' and tenant_id = ${id('513221100')}`.execute(
        owner.db,
      )
    expect(marks.rows.length).toBeGreaterThan(0)
  })

  test('self-scores: every item once, none above its maximum, enough for the goal', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    const ratingId = await plan(unionId, 1)
    const version = await versionOf(ratingId)
    const say = (scores: { position: number; score: number }[]) =>
      refusal(as(township, (ctx) => selfAssess(ctx, SelfAssess.parse({ ratingId, version, scores }))))
    expect((await say([{ position: 1, score: 61 }])).fields.map((field) => field.key)).toEqual([
      'errors.inputLarge',
      'organisation.scoresMissing',
    ])
    expect((await say([{ position: 3, score: 0 }])).fields[0]).toMatchObject({ key: 'organisation.itemUnknown' })
    expect(
      await say([
        { position: 1, score: 9 },
        { position: 2, score: 40 },
      ]),
    ).toMatchObject({
      key: 'organisation.selfScoreLow',
      params: { total: 49, needed: 50 },
    })
  })

  test('no appraisal held: not recommended; satisfaction below what a model home needs: not recommended', async () => {
    const [none = 0, grumbling = 0] = await someUnions(deps, id('513221100'), [{}, {}])
    const first = await plan(none, 1)
    await assess(first)
    expect(await refusal(recommend(first))).toMatchObject({ code: 'conflict', key: 'organisation.notAppraised' })
    await appraise(grumbling, 17, 3)
    await grant(grumbling, 1, home)
    const second = await plan(grumbling, 2, home)
    await assess(second)
    expect(await refusal(recommend(second))).toMatchObject({
      key: 'organisation.satisfactionLow',
      params: { needed: 90 },
    })
  })

  test('reviewers: three at least, nobody who had a hand in it, recusal, quorum, blind until the result', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221'), [{}])
    await appraise(unionId, 19, 1, '513221')
    const ratingId = await plan(unionId, 1, home, officer)
    await assess(ratingId, [60, 40], officer)
    await recommend(ratingId, officer)
    const first = reviewers[0] ?? county
    expect(await refusal(review(ratingId, [first, first, third]))).toMatchObject({ key: 'organisation.reviewersFew' })
    expect(await refusal(review(ratingId, [first, third, officer]))).toMatchObject({
      key: 'organisation.reviewerInvolved',
      fields: [{ path: 'reviewers.2' }],
    })
    const stranger = named('513221', 'nobody', 'reviewer')
    const clerk = named('513221', 'clerk', 'officer')
    await anAccount(deps, clerk.tenantId, clerk.username, 'officer')
    for (const other of [stranger, clerk, cityReviewers[0] ?? city])
      expect(await refusal(review(ratingId, [first, third, other]))).toMatchObject({
        key: 'organisation.reviewerUnknown',
        fields: [{ path: 'reviewers.2' }],
      })
    await review(ratingId)
    expect(await refusal(score(ratingId, county, [1, 1]))).toMatchObject({ key: 'organisation.reviewNotYours' })
    await score(ratingId, first, [60, 40])
    expect(await refusal(publish(ratingId))).toMatchObject({ key: 'organisation.quorumMissing' })
    await as(fourth, (ctx) => recuseReviewer(ctx, { ratingId, reviewer: fourth.username, reason: '曾在该单位任职' }))
    expect(await refusal(score(ratingId, fourth, [60, 40]))).toMatchObject({ key: 'organisation.reviewerRecused' })
    expect(
      await refusal(
        as(third, (ctx) => recuseReviewer(ctx, { ratingId, reviewer: first.username, reason: '不合适的人' })),
      ),
    ).toMatchObject({ code: 'forbidden' })
    const readmit = (who: UserActor) =>
      as(who, (ctx) => readmitReviewer(ctx, { ratingId, reviewer: fourth.username, reason: '同名，并非本人' }))
    const named4 = async () =>
      (await as(county, (ctx) => listReviewers(ctx, { ratingId }))).find((one) => one.username === fourth.username)
    expect(await named4()).toMatchObject({ isInvolved: false, isRecused: true })
    expect(await refusal(readmit(third))).toMatchObject({ code: 'forbidden' })
    await readmit(county)
    expect(await refusal(readmit(county))).toMatchObject({ key: 'organisation.reviewerPresent' })
    expect(await named4()).toMatchObject({ isRecused: false })
    await score(ratingId, fourth, [60, 40])
    await as(fourth, (ctx) => recuseReviewer(ctx, { ratingId, reviewer: fourth.username, reason: '曾在该单位任职' }))
    const blind = await as(third, (ctx) => getRating(ctx, { ratingId }))
    expect(blind.reviews[0]).toMatchObject({ hasScored: true, total: null, scores: [] })
    await score(ratingId, reviewers[1] ?? county, [60, 39])
    await score(ratingId, third, [59, 39])
    expect(await publish(ratingId)).toMatchObject({ rank: 1, mean: 9900 })
  })

  test('a veto found by most of the committee stands against any title', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    await appraise(unionId)
    const ratingId = await plan(unionId, 1, home)
    await assess(ratingId)
    await recommend(ratingId)
    await review(ratingId, reviewers.slice(0, 3))
    for (const [index, one] of reviewers.slice(0, 3).entries())
      await score(ratingId, one, [60, 40], index < 2 ? [3] : [])
    expect(await refusal(publish(ratingId))).toMatchObject({ key: 'organisation.ratingVetoed' })
    await as(county, async (ctx) =>
      returnRating(ctx, { ratingId, version: await versionOf(ratingId), reason: '发生重大事故' }),
    )
    expect(await as(township, (ctx) => getRating(ctx, { ratingId }))).toMatchObject({
      state: 'self_assessed',
      decision: '发生重大事故',
    })
  })

  test('appeal in the notice period: no award while it is open; upheld, the committee looks again', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    await appraise(unionId)
    const ratingId = await plan(unionId, 1, home)
    await assess(ratingId)
    await recommend(ratingId)
    await review(ratingId)
    for (const one of reviewers) await score(ratingId, one, [50, 30])
    await publish(ratingId)
    expect(await refusal(award(ratingId))).toMatchObject({
      key: 'organisation.noticeRunning',
      params: { until: '2026-11-28' },
    })
    const appeal = (reason: string) =>
      as(township, (ctx) => appealRating(ctx, AppealRating.parse({ ratingId, reason })))
    const { appealId } = await appeal('得分有误,请复核')
    setNow(afterNotice)
    expect(await refusal(award(ratingId))).toMatchObject({ key: 'organisation.appealOpen' })
    expect(await refusal(appeal('再次申诉一下'))).toMatchObject({ key: 'organisation.noticeOver' })
    expect(
      await refusal(as(city, (ctx) => answerAppeal(ctx, { appealId, outcome: 'upheld', answer: '重新评审' }))),
    ).toMatchObject({ code: 'not_found' })
    await as(county, (ctx) => answerAppeal(ctx, { appealId, outcome: 'upheld', answer: '重新评审' }))
    for (const one of reviewers) await score(ratingId, one, [60, 30])
    expect(await publish(ratingId)).toMatchObject({ mean: 9000, noticeEndsOn: '2026-12-07' })
    setNow('2026-12-08T09:00:00+08:00')
    expect(await refusal(award(ratingId, officer))).toMatchObject({ code: 'forbidden' })
    await award(ratingId)
    setNow(today)
  })

  test('re-check: kept for another term, lowered or revoked after the unit was heard', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    await appraise(unionId)
    const ratingId = await grant(unionId, 3, home)
    const begin = async () =>
      as(county, async (ctx) =>
        beginReCheck(ctx, { ratingId, version: await versionOf(ratingId), finding: '台帐不全' }),
      )
    const decide = async (outcome: object) =>
      as(county, async (ctx) =>
        decideReCheck(
          ctx,
          DecideReCheck.parse({ ratingId, version: await versionOf(ratingId), finding: '复查结论', ...outcome }),
        ),
      )
    await begin()
    expect(await refusal(decide({ outcome: 'revoked' }))).toMatchObject({ key: 'organisation.hearingMissing' })
    expect(await refusal(decide({ outcome: 'downgraded', rank: 3, hearing: '已听取意见' }))).toMatchObject({
      key: 'organisation.rankNotLower',
    })
    await decide({ outcome: 'kept' })
    await begin()
    await decide({ outcome: 'downgraded', rank: 1, hearing: '已听取意见' })
    await begin()
    await decide({ outcome: 'revoked', hearing: '已听取意见' })
    const { rows } = await sql`
      select rank, end_reason from organisation.home_title where union_id = ${unionId} order by id`.execute(owner.db)
    expect(rows).toEqual([
      { rank: 3, end_reason: 'renewed' },
      { rank: 3, end_reason: 'lowered' },
      { rank: 1, end_reason: 'revoked' },
    ])
  })
})

describe('M236 step by step', () => {
  test('only a qualified home becomes a model home, only a model home one of the ten best', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    await appraise(unionId)
    const early = await plan(unionId, 2, home)
    await assess(early)
    expect(await refusal(recommend(early))).toMatchObject({
      key: 'organisation.stepSkipped',
      params: { held: 0, needed: 1 },
    })
    await grant(unionId, 1, home)
    await recommend(early)
    const replan = (rank: number) =>
      as(township, (ctx) => planRatings(ctx, { schemeId: home, year: 2026, rows: [{ unionId, quarter: 4, rank }] }))
    expect(await refusal(replan(3))).toMatchObject({ key: 'organisation.ratingOpen' })
    await as(township, async (ctx) => withdrawRating(ctx, { ratingId: early, version: await versionOf(early) }))
    // Whoever aimed too high is not held by that: the same way, to another level.
    expect(await replan(1)).toEqual({ planned: [{ ratingId: early, unionId }] })
    expect(await as(township, (ctx) => getRating(ctx, { ratingId: early }))).toMatchObject({
      state: 'planned',
      targetRank: 1,
      bodyName: expect.stringContaining('总工会'),
    })
    expect(await refusal(recommend(early))).toMatchObject({ key: 'organisation.ratingStep' })
  })

  test('whoever writes a scheme begins with the edition before and the schemes it may name; nobody succeeds another’s', async () => {
    const draft = (actor: UserActor) => as(actor, (ctx) => draftScheme(ctx, { before: home }))
    const { before, others } = await draft(city)
    expect(before?.schemeId).toBe(home)
    expect(others.map((one) => one.code)).toContain('star')
    expect(others.map((one) => one.code)).not.toContain(before?.code)
    expect(await refusal(draft(county))).toMatchObject({ key: 'organisation.schemeNotFound' })
    expect((await as(county, (ctx) => draftScheme(ctx, {}))).before).toBeNull()
    await expect(draft(officer)).rejects.toThrow('forbidden')
  })

  test('an edition that comes into force later is listed only where it is asked for', async () => {
    const { schemeId } = await as(city, (ctx) =>
      defineScheme(
        ctx,
        DefineScheme.parse({
          code: 'later_home',
          nameZh: '明年之家',
          nameEn: 'Next year’s',
          track: 'home',
          validityMonths: 12,
          validFrom: '2027-01-01',
          items: [{ textZh: '一', textEn: 'One', maxScore: 10 }],
          levels: [{ nameZh: '合格', nameEn: 'Qualified', minScore: 6, grantedBy: 'county' }],
        }),
      ),
    )
    const list = async (coming: boolean) =>
      (await as(city, (ctx) => listSchemes(ctx, ListSchemes.parse({ coming, pageSize: 200 })))).rows.map(
        (one) => one.schemeId,
      )
    expect(await list(false)).not.toContain(schemeId)
    expect(await list(true)).toContain(schemeId)
  })

  test('three stars and above may become model homes: a level may ask for a rank of another scheme', async () => {
    const linked = await define('linked_home', {
      track: 'home',
      levels: [level('模范职工之家', 60, 'county', { countsAs: 'model', needs: { scheme: 'star', rank: 3 } })],
    })
    const [two = 0, three = 0] = await someUnions(deps, id('513221100'), [{}, {}])
    for (const [unionId, rank] of [
      [two, 2],
      [three, 3],
    ] as const) {
      await appraise(unionId)
      await grant(unionId, rank)
    }
    const [refused, taken] = [await plan(two, 1, linked), await plan(three, 1, linked)]
    await assess(refused)
    await assess(taken)
    expect(await refusal(recommend(refused))).toMatchObject({ params: { held: 2, needed: 3 } })
    await recommend(taken)
  })
})

test('two issuers with one code: a title of the one is none of the other', async () => {
  // The county has a scheme of its own under the code of the city's stars.
  const local = await define('star', { levels: [level('县星', 50, 'township')] }, county)
  const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
  await appraise(unionId)
  await grant(unionId, 3)
  const linked = await define(
    'linked_local',
    { track: 'home', levels: [level('县级之家', 60, 'township', { needs: { scheme: 'star', rank: 1 } })] },
    county,
  )
  const named = await define(
    'linked_city',
    {
      track: 'home',
      levels: [level('县级之家', 60, 'township', { needs: { scheme: 'star', issuer: '5132', rank: 1 } })],
    },
    county,
  )
  const [refused, taken] = [await plan(unionId, 1, linked), await plan(unionId, 1, named)]
  await assess(refused)
  await assess(taken)
  expect(await refusal(recommend(refused))).toMatchObject({ key: 'organisation.stepSkipped', params: { held: 0 } })
  await recommend(taken)
  expect(local).not.toBe(star)
  const other = define('linked_none', {
    levels: [level('甲', 60, 'county', { needs: { scheme: 'star', issuer: '5132JT', rank: 1 } })],
  })
  expect(await refusal(other)).toMatchObject({ fields: [{ path: 'levels.0.needs' }] })
})

describe('M153 graded by authority', () => {
  test('which body grants follows from the level; another body cannot', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    await appraise(unionId)
    await grant(unionId, 2)
    const grantorOf = async (rank: number) => {
      const ratingId = await plan(unionId, rank)
      return (await as(township, (ctx) => getRating(ctx, { ratingId }))).grantorId
    }
    expect(await grantorOf(1)).toBe(id('513221100'))
    expect(await grantorOf(2)).toBe(id('513221'))
    expect(await grantorOf(3)).toBe(id('5132'))
    const ratingId = await plan(unionId, 3)
    await assess(ratingId)
    await recommend(ratingId)
    expect(await refusal(review(ratingId))).toMatchObject({ code: 'not_found' })
    expect(await refusal(review(ratingId, reviewers, named('513221100', 'leader', 'leader')))).toMatchObject({
      code: 'forbidden',
      key: 'organisation.ratingGrantors',
    })
    await review(ratingId, cityReviewers, city)
    // Whatever the code asks for, the database does not let the wrong body decide, nor the right one write for the other.
    const update = (actor: UserActor, what: ReturnType<typeof sql>) =>
      as(actor, (ctx) =>
        sql`update organisation.rating set version = version + 1, ${what} where id = ${ratingId}`.execute(ctx.db),
      )
    expect((await update(county, sql`decision = 'x'`)).numAffectedRows).toBe(0n)
    await expect(update(township, sql`awarded_rank = 3`)).rejects.toThrow(/does not decide about itself/)
    await expect(update(city, sql`self_total = 100`)).rejects.toThrow(/does not edit what the union said/)
    await expect(update(city, sql`state = 'awarded'`)).rejects.toThrow(/no step|violates check/)
    await expect(update(city, sql`state = 'published'`)).rejects.toThrow(/too few reviewers/)
    await expect(
      as(county, (ctx) =>
        sql`insert into organisation.home_title (tenant_id, grantor_id, rating_id, union_id, scheme_id, rank, certificate_no, held_from, valid_to)
          values (${id('513221100')}, ${id('513221')}, ${ratingId}, ${unionId}, ${star}, 3, 'x', '2026-01-01', '2027-01-01')`.execute(
          ctx.db,
        ),
      ),
    ).rejects.toThrow(/authority/)
  })
})

describe('M095 M029 tracks by class of unit', () => {
  test('stars for enterprises, up to standard for public bodies, and small homes for union groups', async () => {
    const stars = await define('enterprise_star', { unitClasses: ['enterprise'] })
    const standard = await define('public_standard', {
      track: 'up_to_standard',
      unitClasses: ['government', 'institution'],
    })
    const small = await define('small_home', {
      track: 'home',
      kinds: ['GROUP'],
      levels: [level('职工小家', 60, 'township')],
      needsAppraisal: false,
    })
    const [firm = 0, school = 0, group = 0] = await someUnions(deps, id('513221100'), [
      {},
      { unitClass: 'institution' },
      { kind: 'GROUP' },
    ])
    const fits = async (unionId: number) => {
      const taken: number[] = []
      for (const schemeId of [stars, standard, small]) {
        const isTaken = await plan(unionId, 1, schemeId).then(
          () => true,
          (error: unknown) => !(error instanceof DomainError && error.fields[0]?.key === 'organisation.schemeUnfit'),
        )
        if (isTaken) taken.push(schemeId)
      }
      return taken
    }
    expect([await fits(firm), await fits(school), await fits(group)]).toEqual([[stars], [standard], [small]])
    // A union group has the whole way to its small home, inside its own township.
    const own = named('513221100', 'leader', 'leader')
    const committee = ['x', 'y', 'z'].map((name) => named('513221100', name, 'reviewer'))
    for (const { tenantId, username } of committee) await anAccount(deps, tenantId, username, 'reviewer')
    const ratingId = await climb(group, 1, small, { owner: township, grantor: own, committee })
    expect(await as(township, (ctx) => getRating(ctx, { ratingId }))).toMatchObject({ state: 'awarded' })
  })
})

describe('M149 three levels linked', () => {
  test('a township is demonstrated only when its unions hold what they should; a county when its townships do', async () => {
    const base = await define('base_home', { track: 'home', levels: [level('先进职工之家', 60, 'county')] })
    const towns = await define('demo_township', {
      track: 'demonstration',
      subject: 'body',
      levels: [level('示范乡镇工会', 60, 'county', { below: { scheme: 'base_home', rank: 1, share: 6000 } })],
    })
    const counties = await define('advanced_county', {
      track: 'demonstration',
      subject: 'body',
      levels: [level('先进县市工会', 60, 'city', { below: { scheme: 'demo_township', rank: 1, share: 5000 } })],
    })
    const unions = await someUnions(
      deps,
      id('513221102'),
      Array.from({ length: 5 }, () => ({})),
    )
    const own = named('513221102', 'officer', 'officer')
    for (const unionId of unions.slice(0, 2)) await grant(unionId, 1, base, '513221102')
    const ratingId = await plan(null, 1, towns, own)
    await assess(ratingId, [60, 40], own)
    expect(await refusal(recommend(ratingId, own))).toMatchObject({
      key: 'organisation.belowLow',
      params: { held: 2, total: 5, needed: 60 },
    })
    await grant(unions[2] ?? 0, 1, base, '513221102')
    await recommend(ratingId, own)
    await review(ratingId)
    for (const one of reviewers) await score(ratingId, one, [60, 40])
    await publish(ratingId)
    setNow(afterNotice)
    await award(ratingId)
    setNow(today)
    const upper = await plan(null, 1, counties, officer)
    await assess(upper, [60, 40], officer)
    setNow(afterNotice)
    // One of three townships.
    expect(await refusal(recommend(upper, officer))).toMatchObject({ params: { held: 1, total: 3, needed: 50 } })
    await grant(null, 1, towns, '513221101')
    await recommend(upper, officer)
    setNow(today)
  })
})

describe('M040 baselines, grids and rates', () => {
  test('two rates with two denominators: 90% of all are qualified, 30% of the qualified are model homes', async () => {
    const scheme = await define('rates_home', {
      track: 'home',
      unitClasses: ['rates'],
      levels: [
        level('合格', 60, 'county', { countsAs: 'qualified' }),
        level('模范', 80, 'county', { countsAs: 'model' }),
      ],
    })
    const unions = await someUnions(
      deps,
      id('513221101'),
      Array.from({ length: 20 }, () => ({ unitClass: 'rates' })),
    )
    await someUnions(deps, id('513221101'), [{ unitClass: 'rates', endedOn: '2026-02-01' }])
    for (const [index, unionId] of unions.entries())
      if (index < 18) await grant(unionId, index < 5 ? 2 : 1, scheme, '513221101')
    expect(await as(county, (ctx) => readHomeRates(ctx, { schemeId: scheme }))).toEqual({
      all: 20,
      qualified: 18,
      model: 5,
      qualifiedRate: 9000,
      modelRate: 2778,
      ranks: [
        { rank: 1, held: 13 },
        { rank: 2, held: 5 },
      ],
    })
    expect(await as(county, (ctx) => readHomeRates(ctx, { schemeId: scheme, on: '2025-12-31' }))).toMatchObject({
      all: 21,
      qualified: 0,
      modelRate: null,
    })
    expect(await as(county, (ctx) => readHomeRates(ctx, { schemeId: scheme, body: '513221100' }))).toMatchObject({
      all: 0,
      qualifiedRate: null,
    })
  })

  test('M036 the plan grid maps each union to a quarter and a star, and tells what is reached', async () => {
    const scheme = await define('grid_star', { unitClasses: ['grid'] })
    const unions = await someUnions(
      deps,
      id('513221100'),
      Array.from({ length: 4 }, () => ({ unitClass: 'grid' })),
    )
    await as(township, (ctx) =>
      planRatings(ctx, {
        schemeId: scheme,
        year: 2026,
        rows: unions.map((unionId, index) => ({ unionId, quarter: index < 3 ? 2 : 4, rank: index === 0 ? 2 : 1 })),
      }),
    )
    const baseline = await as(county, (ctx) => takeBaseline(ctx, { schemeId: scheme, name: '创建前', year: 2026 }))
    expect(baseline.unions).toBe(4)
    await grant(unions[0] ?? 0, 2, scheme)
    await grant(unions[1] ?? 0, 1, scheme)
    expect(await as(county, (ctx) => readPlanGrid(ctx, { schemeId: scheme, year: 2026 }))).toEqual({
      cells: [
        { quarter: 2, rank: 1, planned: 2, reached: 1 },
        { quarter: 2, rank: 2, planned: 1, reached: 1 },
        { quarter: 4, rank: 1, planned: 1, reached: 0 },
      ],
      all: { planned: 4, reached: 2, rate: 5000 },
      due: { planned: 3, reached: 2, rate: 6667 },
    })
    // What was counted before stays as it was, whatever happens since.
    await someUnions(deps, id('513221100'), [{ unitClass: 'grid' }])
    await sql`update organisation.trade_union set state = 'revoked', ended_on = '2026-11-20' where id = ${unions[3]}`.execute(
      owner.db,
    )
    const compared = await as(county, (ctx) =>
      compareBaseline(ctx, CompareBaseline.parse({ baselineId: baseline.baselineId })),
    )
    expect(compared.counts).toEqual({ risen: 2, same: 1, fallen: 0, gone: 1, new: 1 })
    expect(compared.rows.find((row) => row.unionId === unions[0])).toMatchObject({
      then: 0,
      planned: 2,
      now: 2,
      change: 'risen',
    })
    for (const statement of [
      sql`update organisation.baseline_line set held_rank = 3`,
      sql`delete from organisation.baseline_line`,
      sql`delete from organisation.baseline`,
    ])
      await expect(statement.execute(owner.db)).rejects.toThrow(/append-only/)
  })
})
