import {
  AppointOfficer,
  ApproveQuota,
  CheckItems,
  DefineChecklist,
  DefineScheme,
  KeepScreeningResult,
  NameDemoPoint,
  OpenAppraisal,
  OpenNursingRoom,
  PlanTraining,
  RecordScreening,
  appointOfficer,
  approveQuota,
  checkItems,
  defineChecklist,
  defineScheme,
  getChecklist,
  issueSlips,
  keepScreeningResult,
  nameDemoPoint,
  openAppraisal,
  openNursingRoom,
  planTraining,
  recordScreening,
  storeEvidence,
  takeBaseline,
} from '@gonglian/organisation'
import { aUnion } from '@gonglian/organisation/testing'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { aUser, idOf } from '@gonglian/tenancy/testing'

type Versioned<Name extends string> = Record<Name | 'version', number>
type WayState = 'planned' | 'self_assessed' | 'recommended' | 'under_review' | 'published' | 'awarded' | 're_check'
export type RatingsFixture = {
  unionId: number
  bareUnionId: number
  evidenceId: number
  checklistId: number
  itemId: number
  schemeId: number
  ratings: Record<WayState | 'scored' | 'appealed', Versioned<'ratingId'>>
  appealId: number
  baselineId: number
  demoPointId: number
  openAppraisalId: number
  closed: Versioned<'appraisalId'>
  published: Versioned<'appraisalId'>
  slip: string
  officerId: number
  quotaId: number
  trainingId: number
  roomId: number
  screeningId: number
  resultId: number
}

/** Stands in names of the county's ratings: for the county and those above it. */
export const ratingMark = '标记评级寅'
/** Stands in a sealed finding: for the county's own people who open it. */
export const findingMark = '标记病历卯'
/** Issued to those below. */
export const checklistMark = '标记清单巳'
const county = '513221'
const photo = Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64')

/** Lists, a rating in each state, appraisals, posts, training and a sealed finding, all of the county. */
export async function plantRatings(deps: Deps, ids: Map<string, number>): Promise<RatingsFixture> {
  const tenantId = idOf(ids, county)
  const actor = aUser(tenantId, 'leader', 'officer')
  const unions: number[] = []
  for (let number = 1; number <= 11; number++) unions.push(await aUnion(deps, tenantId, `513221-RATED-${number}`))
  const [unionId = 0, bareUnionId = 0, ...rated] = unions
  await withTenant(deps, systemActor('test', tenantId), (ctx) =>
    ctx.db
      .updateTable('organisation.trade_union')
      .set({ name: ratingMark, headcount: 90, female_headcount: 30, approved_on: '2015-01-01' })
      .where('id', '=', unionId)
      .execute(),
  )
  const own = await withTenant(deps, actor, async (ctx) => {
    const { evidenceId } = await storeEvidence(ctx, { fileName: `${ratingMark}.jpg`, content: photo })
    const { checklistId } = await defineChecklist(
      ctx,
      DefineChecklist.parse({
        code: 'walk_list',
        nameZh: checklistMark,
        nameEn: 'Walk list',
        purpose: 'standard',
        enforcement: 'warning',
        validFrom: '2020-01-01',
        items: [{ textZh: '有牌子', textEn: 'A sign' }],
      }),
    )
    const itemId = (await getChecklist(ctx, { checklistId })).items[0]?.itemId ?? 0
    await checkItems(ctx, CheckItems.parse({ unionId: bareUnionId, items: [{ itemId, version: 0, met: true }] }))
    const { schemeId } = await defineScheme(
      ctx,
      DefineScheme.parse({
        code: 'walk_home',
        nameZh: '走查之家',
        nameEn: 'Walk home',
        track: 'home',
        validityMonths: 12,
        validFrom: '2020-01-01',
        needsAppraisal: false,
        items: [{ textZh: '工作', textEn: 'Work', maxScore: 100 }],
        levels: [{ nameZh: '合格', nameEn: 'Qualified', minScore: 60, grantedBy: 'county', countsAs: 'qualified' }],
      }),
    )
    const appraise = async (union: number) =>
      (
        await openAppraisal(
          ctx,
          OpenAppraisal.parse({ unionId: union, closesOn: '2026-12-31', groupSize: 3, members: 20, eligible: 20 }),
        )
      ).appraisalId
    const openAppraisalId = await appraise(unionId)
    const { codes } = await issueSlips(ctx, { appraisalId: openAppraisalId, count: 5 })
    const { officerId } = await appointOfficer(
      ctx,
      AppointOfficer.parse({
        unionId,
        name: ratingMark,
        post: 'chair',
        engagement: 'part_time',
        validFrom: '2026-01-01',
      }),
    )
    const { quotaId } = await approveQuota(
      ctx,
      ApproveQuota.parse({ unitName: ratingMark, category: 'institution', posts: 2, validFrom: '2020-01-01' }),
    )
    const { trainingId } = await planTraining(
      ctx,
      PlanTraining.parse({ name: ratingMark, kind: 'class', startsOn: '2026-05-01', endsOn: '2026-05-02' }),
    )
    const { roomId } = await openNursingRoom(ctx, OpenNursingRoom.parse({ place: ratingMark, openedOn: '2026-01-01' }))
    const { screeningId } = await recordScreening(
      ctx,
      RecordScreening.parse({ hospital: ratingMark, heldOn: '2026-05-01', persons: 3 }),
    )
    const { resultId } = await keepScreeningResult(
      ctx,
      KeepScreeningResult.parse({
        screeningId,
        name: findingMark,
        result: 'normal',
        consentOn: '2026-05-01',
        followUpOn: '2026-12-01',
      }),
    )
    const { demoPointId } = await nameDemoPoint(
      ctx,
      NameDemoPoint.parse({ unionId, topic: 'home', reason: ratingMark }),
    )
    const { baselineId } = await takeBaseline(ctx, { schemeId, name: ratingMark, year: 2026 })
    return {
      evidenceId,
      checklistId,
      itemId,
      schemeId,
      openAppraisalId,
      slip: codes[0] ?? '',
      officerId,
      quotaId,
      trainingId,
      roomId,
      screeningId,
      resultId,
      demoPointId,
      baselineId,
    }
  })
  const states = [
    'planned',
    'self_assessed',
    'recommended',
    'under_review',
    'published',
    'awarded',
    're_check',
  ] as const
  // Brought in as loaders do: each state without the way to it.
  const given = await withTenant(deps, systemActor('test', tenantId), async (ctx) => {
    const committee = ['leader', 'reviewer', 'third', 'fourth'].map((name) => `${county}-walk-${name}`)
    const plant = async (state: WayState, union: number, isScored = false): Promise<Versioned<'ratingId'>> => {
      const step = states.indexOf(state)
      const { id, version } = await ctx.db
        .insertInto('organisation.rating')
        .values({
          tenant_id: tenantId,
          grantor_id: tenantId,
          scheme_id: own.schemeId,
          union_id: union,
          year: 2026,
          quarter: 4,
          target_rank: 1,
          state,
          ...(step >= 1 ? { self_total: 90, self_by: 'somebody' } : {}),
          ...(step >= 2
            ? { recommendation: ratingMark, recommended_by: 'somebody', recommended_on: '2026-10-01' }
            : {}),
          ...(step >= 4
            ? { review_total: 9000, awarded_rank: 1, published_on: '2026-11-01', notice_ends_on: '2026-12-01' }
            : {}),
          ...(step >= 5 ? { notice_ends_on: '2026-11-08', awarded_on: '2026-11-09', awarded_by: 'somebody' } : {}),
        })
        .returning(['id', 'version'])
        .executeTakeFirstOrThrow()
      if (step === 3)
        await ctx.db
          .insertInto('organisation.rating_review')
          .values(
            committee.map((reviewer) => ({
              rating_id: id,
              tenant_id: tenantId,
              reviewer,
              ...(isScored ? { total: 90, submitted_at: '2026-11-01T00:00:00Z' } : {}),
            })),
          )
          .execute()
      if (step >= 5)
        await ctx.db
          .insertInto('organisation.home_title')
          .values({
            tenant_id: tenantId,
            grantor_id: tenantId,
            rating_id: id,
            union_id: union,
            scheme_id: own.schemeId,
            rank: 1,
            certificate_no: `W${id}`,
            held_from: '2026-11-09',
            valid_to: '2027-11-09',
          })
          .execute()
      return { ratingId: id, version }
    }
    const at = (index: number) => rated[index] ?? 0
    const ratings = {
      planned: await plant('planned', at(0)),
      self_assessed: await plant('self_assessed', at(1)),
      recommended: await plant('recommended', at(2)),
      under_review: await plant('under_review', at(3)),
      published: await plant('published', at(4)),
      awarded: await plant('awarded', at(5)),
      re_check: await plant('re_check', at(6)),
      scored: await plant('under_review', at(7), true),
      appealed: await plant('published', at(8)),
    }
    const appeal = await ctx.db
      .insertInto('organisation.rating_appeal')
      .values({
        rating_id: ratings.appealed.ratingId,
        tenant_id: tenantId,
        grantor_id: tenantId,
        reason: '对结果有异议',
        raised_by: 'somebody',
        raised_on: '2026-11-02',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const counted = async (union: number, state: 'closed' | 'published'): Promise<Versioned<'appraisalId'>> => {
      const { id, version } = await ctx.db
        .insertInto('organisation.appraisal')
        .values({
          tenant_id: tenantId,
          union_id: union,
          year: 2026,
          state,
          group_size: 3,
          members: 10,
          eligible: 10,
          slips: 10,
          participation: 3000,
          opened_on: '2026-05-01',
          closes_on: '2026-05-08',
          closed_on: '2026-05-08',
          published_on: state === 'published' ? '2026-05-09' : null,
          satisfied: 9,
          basic: 0,
          unsatisfied: 0,
          invalid: 1,
        })
        .returning(['id', 'version'])
        .executeTakeFirstOrThrow()
      return { appraisalId: id, version }
    }
    return {
      ratings,
      appealId: appeal.id,
      closed: await counted(at(0), 'closed'),
      published: await counted(at(1), 'published'),
    }
  })
  return { unionId, bareUnionId, ...own, ...given }
}
