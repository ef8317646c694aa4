import type { SignedIn } from '@gonglian/auth'
import { aSession, testPassword } from '@gonglian/auth/testing'
import { addDemonstrationAccounts } from '@gonglian/auth'
import {
  FormInput,
  IndicatorInput,
  SetParameter,
  defineForm,
  defineIndicator,
  setParameter,
} from '@gonglian/indicators'
import { SendUrges, listReceivedUrges, sendUrges } from '@gonglian/inspection'
import { openReport, requestCorrection, saveDraft } from '@gonglian/reporting'
import { aForm, aSubmittedReport, anAcceptedReport, itemCode, type MadeReport } from '@gonglian/reporting/testing'
import { drainDirty } from '@gonglian/rollup'
import { disputeAllocation, getLetter, getSplit } from '@gonglian/targets'
import { aPlan, accept, someIndicators, split, splitAndIssue } from '@gonglian/targets/testing'
import { recordAudit, systemActor, withTenant, type Deps, type Role, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf } from '@gonglian/tenancy/testing'
import { plantApprovals, type ApprovalsFixture } from './approval-fixture.ts'
import { founderMark, plantUnions, unionMark, type UnionsFixture } from './organisation/unions.ts'
import { memberMark, plantMembers, type MembersFixture } from './organisation/members.ts'
import { plantPapers } from './papers.ts'
import { checklistMark, findingMark, plantRatings, ratingMark, type RatingsFixture } from './organisation/ratings.ts'

/**
 * What the county 513221 owns, each with a mark that stands nowhere else. Whoever gets a mark that is not meant for them has
 * seen the county's data.
 */
export const marks = {
  /** Accounts and the trail: for the county's own administrators. */
  staff: ['标记员工丁', '标记留痕戊'],
  /** Begun and not yet handed to anybody. */
  drafts: ['660066', '密注甲', '县拟草案乙', '220022', '330037', founderMark, memberMark, findingMark],
  /** Handed upward, or received from above. */
  figures: ['770077', '770078', '440044', '440045', '催件密语丙', ratingMark, unionMark],
  /** Of one township, handed to the county: for no other township. */
  townships: ['550155', '550256', '争议缘由己'],
  /** Issued to those below. */
  issued: ['标记指标壬', '标记报表癸', '标记来源庚', '县发方案辛', checklistMark],
} as const

export type Fixture = {
  deps: Deps
  ids: Map<string, number>
  planId: number
  itemId: number
  openItemId: number
  draftSplitItemId: number
  unanswered: { itemId: number; version: number }
  split: { itemId: number; version: number }
  draftSplit: { itemId: number; version: number }
  dispute: { itemId: number; receiverId: number; version: number }
  letterDigest: string
  draftPlan: { planId: number; version: number; itemId: number }
  issuedPlan: { planId: number; version: number; itemId: number }
  formId: number
  ownFormId: number
  reports: Record<'typed' | 'submitted' | 'accepted' | 'waiting' | 'taken' | 'correction', MadeReport>
  urgeId: number
  victim: string
  members: MembersFixture
  unions: UnionsFixture
  ratings: RatingsFixture
  approvals: ApprovalsFixture
}

export const county = '513221'
export const formCode = 'walk-form'

const leaderOf = (ids: Map<string, number>, code: string): UserActor =>
  aUser(idOf(ids, code), 'leader', 'officer', 'reviewer')

/** Everything a county can own, planted through the functions of the house. */
export async function plantFixture(deps: Deps): Promise<Fixture> {
  const ids = await aSmallTree(deps)
  const id = (code: string) => idOf(ids, code)
  const at = (code: string) => leaderOf(ids, code)

  // Catalogue and forms.
  await someIndicators(deps, id('00'))
  const form = await aForm(deps, id('00'), { code: formCode, items: 3 })
  const ownForm = await withTenant(deps, at(county), async (ctx) => {
    await defineIndicator(
      ctx,
      IndicatorInput.parse({
        code: 'county_own',
        nameZh: '标记指标壬',
        nameEn: 'County own',
        domain: 'organisation',
        unit: '人',
        nature: 'flow',
        additivity: 'sum',
      }),
    )
    await setParameter(
      ctx,
      SetParameter.parse({
        key: 'calendar.holidays',
        value: { years: [] },
        validFrom: '2026-01-01',
        source: '标记来源庚',
      }),
    )
    return defineForm(
      ctx,
      FormInput.parse({
        code: 'county-form',
        nameZh: '标记报表癸',
        nameEn: 'County form',
        frequency: 'month',
        fillerLevels: ['township'],
        due: null,
        opensOn: '2020-01-01',
        items: [{ code: 'county_own' }],
      }),
    )
  })

  // Reports: the county's own in each state, and those it reviews.
  const own = { form, tenantId: id(county) }
  const accepted = await anAcceptedReport(deps, {
    ...own,
    period: '2026-Q2',
    figures: [770_078, 1, 1],
    superiorId: id('5132'),
  })
  const submitted = await aSubmittedReport(deps, { ...own, period: '2026-Q3', figures: [770_077, 1, 1] })
  const typed = await withTenant(deps, at(county), async (ctx) => {
    const opened = await openReport(ctx, { form: form.code, period: '2026-Q4' })
    const cells = [{ position: 1, value: 660_066, mark: 0, upper: null, note: '密注甲' }]
    return { reportId: opened.reportId, version: (await saveDraft(ctx, { ...opened, cells })).version }
  })
  const waiting = await aSubmittedReport(deps, {
    form,
    tenantId: id('513221101'),
    period: '2026-Q3',
    figures: [550_155, 1, 1],
  })
  const taken = await anAcceptedReport(deps, {
    form,
    tenantId: id('513221102'),
    period: '2026-Q3',
    figures: [550_256, 1, 1],
    superiorId: id(county),
  })
  const asked = await anAcceptedReport(deps, {
    form,
    tenantId: id('513221101'),
    period: '2026-Q1',
    figures: [3, 1, 1],
    superiorId: id(county),
  })
  const correction = await withTenant(deps, at('513221101'), async (ctx) => ({
    reportId: asked.reportId,
    version: (await requestCorrection(ctx, { ...asked, reason: '数字有误' })).version,
  }))
  await drainDirty(deps)

  // Targets: a share answered and split further, one prepared for issue, one not yet answered; plans of the county's own.
  const plan = await aPlan(deps, at('51'), [
    { indicatorCode: itemCode(formCode, 1), method: 'sum', value: 9_000_000 },
    { indicatorCode: 'homes', method: 'sum', value: 9_000_000 },
  ])
  const later = await aPlan(deps, at('51'), [{ indicatorCode: 'joined', method: 'sum', value: 9_000_000 }], {
    name: '追加目标',
  })
  const [first = 0, second = 0] = plan.itemIds
  const [open = 0] = later.itemIds
  for (const [itemId, share] of [
    [first, 440_044],
    [second, 440_044],
    [open, 440_045],
  ] as const) {
    await splitAndIssue(deps, at('51'), itemId, [{ receiverId: id('5132'), value: 8_000_000 }], 1_000_000)
    await accept(deps, at('5132'), itemId)
    await splitAndIssue(
      deps,
      at('5132'),
      itemId,
      [
        { receiverId: id(county), value: share },
        { receiverId: id('513222'), value: 2 },
      ],
      8_000_000 - share - 2,
    )
  }
  await accept(deps, at(county), first)
  await accept(deps, at(county), second)
  await splitAndIssue(
    deps,
    at(county),
    first,
    [
      { receiverId: id('513221100'), value: 40_000 },
      { receiverId: id('513221101'), value: 44 },
    ],
    400_000,
  )
  await withTenant(deps, at('513221101'), async (ctx) => {
    const { share } = await getSplit(ctx, { itemId: first })
    await disputeAllocation(ctx, { itemId: first, version: share.version, counterValue: 43, reason: '争议缘由己' })
  })
  await split(
    deps,
    at(county),
    second,
    [
      { receiverId: id('513221100'), value: 330_037 },
      { receiverId: id('513221102'), value: 5 },
    ],
    440_044 - 330_042,
  )
  const draft = await aPlan(deps, at(county), [{ indicatorCode: 'homes', method: 'sum', value: 220_022 }], {
    name: '县拟草案乙',
    issue: false,
  })
  const issued = await aPlan(deps, at(county), [{ indicatorCode: 'homes', method: 'sum', value: 5 }], {
    name: '县发方案辛',
  })

  const seen = await withTenant(deps, at(county), async (ctx) => ({
    first: await getSplit(ctx, { itemId: first }),
    second: await getSplit(ctx, { itemId: second }),
    open: await getSplit(ctx, { itemId: open }),
    letter: await getLetter(ctx, { planId: plan.planId }),
  }))
  const disputed = seen.first.rows.find((row) => row.share?.state === 'disputed')?.share

  // Urged from above, and a trail and accounts.
  await withTenant(deps, at('5132'), (ctx) =>
    sendUrges(
      ctx,
      SendUrges.parse({
        formId: form.id,
        period: '2026-Q1',
        receivers: [{ bodyId: id(county), cause: 'report' }],
        message: '催件密语丙',
      }),
    ),
  )
  const [urge] = await withTenant(deps, at(county), listReceivedUrges)
  const victim = `${county}-victim`
  await withTenant(deps, systemActor('test', id(county)), async (ctx) => {
    await addDemonstrationAccounts(
      ctx,
      [{ tenantId: id(county), username: victim, displayName: '标记员工丁', roles: ['officer'] }],
      testPassword,
    )
    await recordAudit(ctx, { action: 'walk.mark', objectKind: 'mark', objectId: '标记留痕戊' })
  })

  const unions = await plantUnions(deps, ids)
  await plantPapers(deps, ids, unions)
  return {
    deps,
    ids,
    planId: plan.planId,
    itemId: first,
    openItemId: open,
    draftSplitItemId: second,
    unanswered: { itemId: open, version: seen.open.share.version },
    split: { itemId: first, version: seen.first.share.splitVersion },
    draftSplit: { itemId: second, version: seen.second.share.splitVersion },
    dispute: { itemId: first, receiverId: id('513221101'), version: disputed?.version ?? -1 },
    letterDigest: seen.letter.pending?.digest ?? '',
    draftPlan: { planId: draft.planId, version: draft.version, itemId: draft.itemIds[0] ?? 0 },
    issuedPlan: { planId: issued.planId, version: issued.version, itemId: issued.itemIds[0] ?? 0 },
    formId: form.id,
    ownFormId: ownForm.id,
    reports: { typed, submitted, accepted, waiting, taken, correction },
    urgeId: urge?.id ?? 0,
    victim,
    members: await plantMembers(deps, ids),
    unions,
    ratings: await plantRatings(deps, ids),
    approvals: await plantApprovals(deps, ids),
  }
}

/** Somebody with these roles, really signed in. */
export async function signedIn(fixture: Fixture, code: string, name: string, ...roles: Role[]): Promise<SignedIn> {
  const { actor } = await aSession(fixture.deps, idOf(fixture.ids, code), `${code.toLowerCase()}-${name}`, ...roles)
  return actor
}
