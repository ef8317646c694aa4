import { countFeeds } from '@gonglian/indicators'
import { aCatalogue } from '@gonglian/indicators/testing'
import { performCommand } from '@gonglian/records'
import { withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { CloseAppraisal, OpenAppraisal, closeAppraisal, openAppraisal } from '../appraisals/appraisals.ts'
import { DefineChecklist, defineChecklist, getChecklist } from '../checklists/checklists.ts'
import { organisationFeeds } from './index.ts'
import { CheckItems, checkItems } from '../checklists/ledger-checks.ts'
import { AppointOfficer, appointOfficer } from '../cadres/officers.ts'
import { aRating } from '../ratings/placed-ratings.ts'
import { someUnions } from '../ratings/rated-unions.ts'
import { DefineScheme, defineScheme } from '../ratings/schemes.ts'
import { RecordScreening, recordScreening } from '../women/screenings.ts'
import { aWorkingGroup } from '../testing.ts'
import { keepCodes, someSlips } from '../appraisals/sample-slips.ts'
import { CastBallot, castBallot } from '../appraisals/slips.ts'
import { HoldTraining, holdTraining, planTraining } from '../cadres/trainings.ts'
import { openRoom } from '../women/nursing-rooms.ts'
import { FormWomenBody, formWomenBody } from '../women/women-bodies.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
await aCatalogue(deps, idOf(tree, '00'))
const tenantId = idOf(tree, '513221100')
const actor = aUser(tenantId, 'leader', 'officer')
const as = <T>(work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const county = <T>(work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(deps, aUser(idOf(tree, '513221'), 'leader'), work)

test('M036 M152 M174 M203 M205 the moves of a month are what the reports of that month are fed', async () => {
  const [first = 0, second = 0, third = 0] = await someUnions(deps, tenantId, [
    { women: 30 },
    { women: 3 },
    { women: 0 },
  ])
  const list = (code: string, purpose: 'standard' | 'display') =>
    county(async (ctx) => {
      const { checklistId } = await defineChecklist(
        ctx,
        DefineChecklist.parse({
          code,
          nameZh: '清单',
          nameEn: 'List',
          purpose,
          enforcement: 'warning',
          validFrom: '2020-01-01',
          items: [{ textZh: '一项', textEn: 'One' }],
        }),
      )
      return (await getChecklist(ctx, { checklistId })).items[0]?.itemId ?? 0
    })
  const standard = await list('standard', 'standard')
  const display = await list('display', 'display')
  const schemeId = await as(async (ctx) => {
    const input = DefineScheme.parse({
      code: 'home',
      nameZh: '职工之家',
      nameEn: 'Home',
      track: 'home',
      validityMonths: 12,
      validFrom: '2020-01-01',
      items: [{ textZh: '一项', textEn: 'One', maxScore: 100 }],
      levels: [{ nameZh: '合格', nameEn: 'Qualified', minScore: 60, grantedBy: 'township', countsAs: 'qualified' }],
    })
    return (await defineScheme(ctx, input)).schemeId
  })
  await aRating(deps, { tenantId, schemeId, unionId: first, state: 'awarded' })
  const { appraisalId, groupCodes } = await as(async (ctx) => {
    const check = (unionId: number, itemId: number) =>
      checkItems(ctx, CheckItems.parse({ unionId, items: [{ itemId, version: 0, met: true }] }))
    for (const unionId of [first, second, third]) await check(unionId, standard)
    for (const unionId of [first, second]) await check(unionId, display)
    await formWomenBody(ctx, FormWomenBody.parse({ unionId: first, kind: 'committee', formedOn: '2026-11-02' }))
    await formWomenBody(ctx, FormWomenBody.parse({ unionId: second, kind: 'member', formedOn: '2026-11-02' }))
    await performCommand(ctx, openRoom, { whose: 'body', place: '一楼', openedOn: '2026-11-03' })
    await recordScreening(ctx, RecordScreening.parse({ heldOn: '2026-11-04', persons: 41 }))
    const officers: number[] = []
    for (const engagement of ['full_time', 'part_time', 'part_time', 'contracted'] as const) {
      const post = { name: '样例', post: 'office', engagement, validFrom: '2026-11-01' }
      officers.push((await appointOfficer(ctx, AppointOfficer.parse(post))).officerId)
    }
    const training = await performCommand(ctx, planTraining, {
      name: '培训班',
      kind: 'class',
      topic: 'general',
      startsOn: '2026-11-05',
      endsOn: '2026-11-05',
      plannedPersons: 10,
    })
    const present = officers.map((officerId, index) => ({ officerId, result: index === 0 ? 'absent' : 'attended' }))
    await holdTraining(ctx, HoldTraining.parse({ ...training, officers: present }))
    const group = await aWorkingGroup(ctx)
    const voting = { unionId: first, closesOn: '2026-11-30', group, members: 8, eligible: 8 }
    const opened = await openAppraisal(ctx, OpenAppraisal.parse(voting))
    return { ...opened, groupCodes: await keepCodes(ctx, opened.appraisalId) }
  })
  const codes = await someSlips(deps, actor, appraisalId, 8)
  for (const [index, code] of codes.entries())
    await castBallot(
      deps,
      CastBallot.parse({
        code,
        choice: index < 5 ? 'satisfied' : index < 6 ? 'basic' : index < 7 ? 'unsatisfied' : 'invalid',
      }),
    )
  await as((ctx) => closeAppraisal(ctx, CloseAppraisal.parse({ appraisalId, codes: groupCodes })))

  const figures = await as(async (ctx) => {
    await countFeeds(ctx, organisationFeeds, { period: '2026-11' })
    const rows = await ctx.db
      .selectFrom('indicators.fed_figure as f')
      .innerJoin('indicators.indicator as i', 'i.id', 'f.indicator_id')
      .select(['i.code', 'f.figure'])
      .where('f.period', '=', '2026-11')
      .where('f.breakdown', '=', '')
      .execute()
    return Object.fromEntries(rows.map((row) => [row.code, row.figure]))
  })
  expect(figures).toMatchObject({
    qualified_home_count: 1,
    model_home_count: 0,
    star_union_count: 0,
    standardised_union_count: 3,
    double_display_union_count: 2,
    member_appraisal_union_count: 1,
    appraisal_valid_votes: 7,
    appraisal_satisfied_votes: 5,
    appraisal_basic_votes: 1,
    fulltime_cadre_count: 1,
    parttime_cadre_count: 2,
    social_worker_count: 1,
    cadre_training_person_times: 3,
    unions_with_women_workers: 2,
    women_committee_count: 1,
    women_committee_member_count: 1,
    nursing_room_count: 1,
    women_screening_count: 41,
  })
})
