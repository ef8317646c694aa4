import { anAccount } from '@gonglian/auth/testing'
import { samplePhoto, storeSample } from '@gonglian/files/testing'
import { performCommand } from '@gonglian/records'
import {
  AppointOfficer,
  ApproveQuota,
  CheckItems,
  DefineChecklist,
  DefineScheme,
  KeepScreeningResult,
  OpenAppraisal,
  RecordScreening,
  appointOfficer,
  approveQuota,
  checkItems,
  defineChecklist,
  defineScheme,
  getChecklist,
  askEarlyClosing,
  issueSlips,
  printSlips,
  recordActivity,
  keepScreeningResult,
  nameDemoPoint,
  openAppraisal,
  openRoom,
  planTraining,
  recordScreening,
  evidenceFiles,
  takeBaseline,
} from '@gonglian/organisation'
import {
  aCountedAppraisal,
  aRating,
  aWorkingGroup,
  addGroupMembers,
  keepCodes,
  knowOfficer,
  someUnions,
  type PlacedRating,
  type PlacedState,
} from '@gonglian/organisation/testing'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { aUser, idOf } from '@gonglian/tenancy/testing'
import { business } from '../entry.ts'

type Versioned<Name extends string> = Record<Name | 'version', number>
export type RatingsFixture = {
  unionId: number
  bareUnionId: number
  evidenceId: number
  checklistId: number
  itemId: number
  schemeId: number
  ratings: Record<PlacedState | 'scored', Versioned<'ratingId'>>
  appealId: number
  baselineId: number
  demoPointId: number
  openAppraisalId: number
  closed: Versioned<'appraisalId'>
  published: Versioned<'appraisalId'>
  /** Its working group has no codes yet. */
  waitingAppraisalId: number
  /** User names of people who may be in a working group. */
  group: readonly string[]
  /** Of the working group of the open appraisal. */
  groupCodes: readonly string[]
  slip: string
  orderId: number
  printedOrderId: number
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

/** Lists, a rating in each state, appraisals, posts, training and a sealed finding, all of the county. */
export async function plantRatings(deps: Deps, ids: Map<string, number>): Promise<RatingsFixture> {
  const tenantId = idOf(ids, county)
  const actor = aUser(tenantId, 'leader', 'officer')
  const [unionId = 0, bareUnionId = 0, ...rated] = await someUnions(deps, tenantId, [
    { name: ratingMark, headcount: 90, women: 30 },
    ...Array.from({ length: 10 }, () => ({})),
  ])
  const { fileId: evidenceId } = await storeSample(deps, actor, evidenceFiles, samplePhoto, `${ratingMark}.jpg`)
  const own = await withTenant(deps, actor, async (ctx) => {
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
    const group = await aWorkingGroup(ctx)
    const appraise = async (union: number, names: readonly string[]) => {
      const input = { unionId: union, closesOn: '2026-12-31', group: names, members: 20, eligible: 20 }
      return (await openAppraisal(ctx, OpenAppraisal.parse(input))).appraisalId
    }
    const openAppraisalId = await appraise(unionId, group)
    const groupCodes = await keepCodes(ctx, openAppraisalId)
    // Whoever walks is in this one's working group, which waits for codes; their accounts come later.
    const waitingAppraisalId = await appraise(rated[5] ?? 0, group)
    await addGroupMembers(
      ctx,
      waitingAppraisalId,
      business.map((role) => `${county}-walk-${role}`),
    )
    const printed = await issueSlips(ctx, { appraisalId: openAppraisalId, count: 5 })
    // Somebody else prints.
    const { codes } = await printSlips({ ...ctx, actor: systemActor('printer', ctx.tenantId) }, printed)
    const { orderId } = await issueSlips(ctx, { appraisalId: openAppraisalId, count: 2 })
    await askEarlyClosing(ctx, { appraisalId: openAppraisalId, reason: '会员都已到会' })
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
    await knowOfficer(ctx, officerId, '13900139000')
    const { quotaId } = await approveQuota(
      ctx,
      ApproveQuota.parse({ unitName: ratingMark, category: 'institution', posts: 2, validFrom: '2020-01-01' }),
    )
    const { trainingId } = await performCommand(ctx, planTraining, {
      name: ratingMark,
      kind: 'class',
      topic: 'general',
      startsOn: '2026-05-01',
      endsOn: '2026-05-02',
      plannedPersons: 0,
    })
    await performCommand(ctx, recordActivity, {
      whose: 'body',
      name: ratingMark,
      kind: 'care',
      heldOn: '2026-05-01',
      persons: 20,
    })
    const { roomId } = await performCommand(ctx, openRoom, { whose: 'body', place: ratingMark, openedOn: '2026-01-01' })
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
    const { demoPointId } = await performCommand(ctx, nameDemoPoint, { unionId, topic: 'home', reason: ratingMark })
    const { baselineId } = await takeBaseline(ctx, { schemeId, name: ratingMark, year: 2026 })
    return {
      checklistId,
      itemId,
      schemeId,
      openAppraisalId,
      waitingAppraisalId,
      group,
      groupCodes,
      slip: codes[0] ?? '',
      orderId,
      printedOrderId: printed.orderId,
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
  for (const name of ['one', 'two', 'three']) await anAccount(deps, tenantId, `r-${name}`, 'reviewer')
  const committee = ['leader', 'reviewer', 'third', 'fourth'].map((name) => `${county}-walk-${name}`)
  const place = (state: PlacedState, index: number, more: Partial<PlacedRating> = {}) =>
    aRating(deps, {
      tenantId,
      schemeId: own.schemeId,
      unionId: rated[index] ?? 0,
      state,
      recommendation: ratingMark,
      ...more,
    })
  const ref = async (placed: ReturnType<typeof place>) => {
    const { ratingId, version } = await placed
    return { ratingId, version }
  }
  const appealed = await place('published', 8, { appeal: '对结果有异议' })
  const ratings = {
    planned: await ref(place('planned', 0)),
    self_assessed: await ref(place('self_assessed', 1)),
    recommended: await ref(place('recommended', 2)),
    under_review: await ref(place('under_review', 3, { committee, recused: [`${county}-walk-third`] })),
    published: await ref(place('published', 4)),
    awarded: await ref(place('awarded', 5)),
    re_check: await ref(place('re_check', 6)),
    scored: await ref(place('under_review', 7, { committee, isScored: true })),
  }
  const counted = (index: number, state: 'closed' | 'published') =>
    aCountedAppraisal(deps, { tenantId, unionId: rated[index] ?? 0, state })
  const given = {
    ratings,
    appealId: appealed.appealId,
    closed: await counted(0, 'closed'),
    published: await counted(1, 'published'),
  }
  return { unionId, bareUnionId, evidenceId, ...own, ...given }
}
