import { drainDirty } from '@gonglian/rollup'
import { expectNoDrift } from '@gonglian/rollup/testing'
import { DomainError, withTenant, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import {
  acceptReport,
  acceptReports,
  getCellHistory,
  getReport,
  getReview,
  listReviewQueue,
  ListReviewQueue,
  listVersions,
  refuseCorrection,
  reopenReport,
  requestCorrection,
  returnReport,
  saveDraft,
  submitReport,
  withdrawReport,
} from './index.ts'
import { aDraftReport, aForm, aSubmittedReport, anAcceptedReport } from './testing.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
afterAll(() => expectNoDrift(deps))
const tree = await aSmallTree(deps)
const [nation, city, county, township, sibling] = ['00', '5132', '513221', '513221100', '513221101'].map((code) =>
  idOf(tree, code),
)
if (!nation || !city || !county || !township || !sibling) throw new Error('no tree')
const form = await aForm(deps, nation, {
  items: 3,
  rules: [{ kind: 'jump', id: 'jump', level: 'warning', percent: 50, least: 5 }],
})

const officer = aUser(township, 'officer')
const reviewer = { ...aUser(county, 'reviewer'), username: 'reviewer-1' }
const second = { ...aUser(county, 'reviewer'), username: 'reviewer-2' }
const cityReviewer = aUser(city, 'reviewer')
const as = <T>(actor: UserActor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const plainly = { confirmWarnings: true, zero: false }

async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof DomainError)) throw new Error(`not refused: ${String(error)}`)
  return error
}
let quarter = 0
const aPeriod = () => `${2020 + Math.floor(quarter / 4)}-Q${(quarter++ % 4) + 1}`
const fault = { position: 1, reason: '与台账不符' }

describe('who decides', () => {
  test.each(['513221101', '5132', '00', '513222', '51', '513221100'])(
    'body %s does not decide about a report of 513221100',
    async (code) => {
      const report = await aSubmittedReport(deps, { form, period: aPeriod(), tenantId: township, figures: [1, 2, 3] })
      const stranger = aUser(idOf(tree, code), 'reviewer')
      for (const attempt of [
        () => as(stranger, (ctx) => acceptReport(ctx, report)),
        () => as(stranger, (ctx) => returnReport(ctx, { ...report, faults: [fault] })),
      ]) {
        expect(await refusal(attempt())).toMatchObject({ code: 'not_found', key: 'errors.reportNotFound' })
      }
    },
  )

  test('an officer of the superior does not', async () => {
    const report = await aSubmittedReport(deps, { form, period: aPeriod(), tenantId: township, figures: [1, 2, 3] })
    expect((await refusal(as(aUser(county, 'officer'), (ctx) => acceptReport(ctx, report)))).code).toBe('forbidden')
  })
})

describe('what happened meanwhile', () => {
  test('accepting what was withdrawn', async () => {
    const report = await aSubmittedReport(deps, { form, period: aPeriod(), tenantId: township, figures: [1, 2, 3] })
    const colleague = { ...officer, username: 'a-colleague' }
    await as(colleague, (ctx) => withdrawReport(ctx, report))
    const error = await refusal(as(reviewer, (ctx) => acceptReport(ctx, report)))
    expect(error).toMatchObject({
      code: 'conflict',
      key: 'errors.reportWithdrawn',
      params: { actor: 'a-colleague' },
    })
  })

  test('accepting what was withdrawn and submitted with other figures', async () => {
    const report = await aSubmittedReport(deps, { form, period: aPeriod(), tenantId: township, figures: [1, 2, 3] })
    const back = await as(officer, (ctx) => withdrawReport(ctx, report))
    const cells = [{ position: 1, value: 1000, mark: 0, upper: null }]
    const saved = await as(officer, (ctx) =>
      saveDraft(ctx, { reportId: report.reportId, version: back.version, cells }),
    )
    await as(officer, (ctx) => submitReport(ctx, { reportId: report.reportId, version: saved.version, ...plainly }))
    for (const attempt of [
      () => as(reviewer, (ctx) => acceptReport(ctx, report)),
      () => as(reviewer, (ctx) => returnReport(ctx, { ...report, faults: [fault] })),
    ]) {
      expect(await refusal(attempt())).toMatchObject({ code: 'conflict', key: 'errors.reportResubmitted' })
    }
  })

  test('two reviewers at once: one decides, the other learns who', async () => {
    const report = await aSubmittedReport(deps, { form, period: aPeriod(), tenantId: township, figures: [1, 2, 3] })
    const results = await Promise.allSettled([
      as(reviewer, (ctx) => acceptReport(ctx, report)),
      as(second, (ctx) => returnReport(ctx, { ...report, faults: [fault] })),
    ])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    const lost = results.find((result) => result.status === 'rejected')
    const winner = results[0]?.status === 'fulfilled' ? reviewer : second
    expect(lost?.reason).toMatchObject({ code: 'conflict', params: { actor: winner.username } })
  })

  test('accepting a draft', async () => {
    const report = await aDraftReport(deps, { form, period: aPeriod(), tenantId: township, figures: [1] })
    expect((await refusal(as(reviewer, (ctx) => acceptReport(ctx, report)))).code).toBe('conflict')
  })
})

describe('returning', () => {
  test.each([
    ['an unknown cell', [{ position: 9, reason: '不对' }], 'faults.0.position', 'errors.cellUnknown'],
    ['a cell twice', [fault, fault], 'faults.1.position', 'errors.cellTwice'],
  ])('%s is refused', async (_name, faults, path, key) => {
    const report = await aSubmittedReport(deps, { form, period: aPeriod(), tenantId: township, figures: [1, 2, 3] })
    const error = await refusal(as(reviewer, (ctx) => returnReport(ctx, { ...report, faults })))
    expect(error).toMatchObject({ code: 'invalid', fields: [{ path, key }] })
  })

  test('the reviewer sees what changed and how each named cell was answered', async () => {
    const period = aPeriod()
    const report = await aSubmittedReport(deps, { form, period, tenantId: township, figures: [1, 2, 3] })
    const faults = [fault, { position: 2, reason: '请说明' }]
    const returned = await as(reviewer, (ctx) => returnReport(ctx, { ...report, faults }))
    const cells = [
      { position: 1, value: 7, mark: 0, upper: null },
      { position: 2, value: 2, mark: 0, upper: null, note: '已核对' },
    ]
    const saved = await as(officer, (ctx) =>
      saveDraft(ctx, { reportId: report.reportId, version: returned.version, cells }),
    )
    await as(officer, (ctx) => submitReport(ctx, { reportId: report.reportId, version: saved.version, ...plainly }))
    const review = await as(reviewer, (ctx) => getReview(ctx, { reportId: report.reportId }))
    expect(review).toMatchObject({
      lastAccepted: null,
      lastSubmitted: { figures: [1, 2, 3] },
      changedSinceSubmitted: [1, 2],
      answers: [
        { position: 1, isFigureChanged: true, note: '' },
        { position: 2, isFigureChanged: false, note: '已核对' },
      ],
    })
  })
})

describe('several at once', () => {
  test('accepts those as they were seen, skips the rest and says why', async () => {
    const before = aPeriod()
    await aSubmittedReport(deps, { form, period: before, tenantId: sibling, figures: [100, 1, 1] })
    const period = aPeriod()
    const clean = await aSubmittedReport(deps, { form, period, tenantId: township, figures: [1, 2, 3] })
    const jumped = await aSubmittedReport(deps, { form, period, tenantId: sibling, figures: [900, 1, 1] })
    const foreign = await aSubmittedReport(deps, {
      form,
      period,
      tenantId: idOf(tree, '513222100'),
      figures: [1, 2, 3],
    })
    const stale = {
      ...(await aSubmittedReport(deps, { form, period, tenantId: idOf(tree, '513221102'), figures: [1, 2, 3] })),
      version: 1,
    }
    const result = await as(reviewer, (ctx) => acceptReports(ctx, { reports: [jumped, clean, foreign, stale, clean] }))
    expect(result.accepted).toEqual([clean.reportId])
    expect(new Map(result.skipped.map((skip) => [skip.reportId, skip.key]))).toEqual(
      new Map([
        [jumped.reportId, 'errors.reportWarningsOpen'],
        [foreign.reportId, 'errors.reportNotFound'],
        [stale.reportId, 'errors.reportResubmitted'],
      ]),
    )
  })
})

describe('what was accepted above', () => {
  test('the county’s acceptance from above and its own of a township take turns', async () => {
    for (let round = 0; round < 5; round++) {
      const period = aPeriod()
      const below = await aSubmittedReport(deps, { form, period, tenantId: township, figures: [1, 1, 1] })
      const own = await aSubmittedReport(deps, { form, period, tenantId: county, figures: [0, 0, 0] })
      await Promise.all([
        as(reviewer, (ctx) => acceptReport(ctx, below)),
        as(cityReviewer, (ctx) => acceptReport(ctx, own)),
      ])
      await drainDirty(deps)
      const { changedBelow, history } = await as(cityReviewer, (ctx) =>
        getReview(ctx, { reportId: own.reportId }),
      ).then((review) => review.report)
      // Either the township was in when the city accepted, or the city learns of it.
      const isTold = history.some((step) => step.event === 'changed_below')
      expect(changedBelow !== null).toBe(isTold)
    }
  })
})

describe('correcting what was accepted', () => {
  test('asked for, granted, submitted again: every step and every figure stays in the history (P5)', async () => {
    const period = aPeriod()
    const report = await anAcceptedReport(deps, {
      form,
      period,
      tenantId: township,
      superiorId: county,
      figures: [5, 5, 5],
    })
    const asked = await as(officer, (ctx) => requestCorrection(ctx, { ...report, reason: '漏报一家' }))
    expect(
      await refusal(
        as(officer, (ctx) =>
          requestCorrection(ctx, { reportId: report.reportId, version: asked.version, reason: '再次' }),
        ),
      ),
    ).toMatchObject({
      key: 'errors.correctionRequested',
    })
    const queue = await as(reviewer, (ctx) => listReviewQueue(ctx, ListReviewQueue.parse({ period })))
    expect(queue.reports).toMatchObject([
      { reportId: report.reportId, state: 'accepted', correctionReason: '漏报一家' },
    ])

    const opened = await as(reviewer, (ctx) => reopenReport(ctx, { reportId: report.reportId, version: asked.version }))
    const view = await as(officer, (ctx) => getReport(ctx, { form: form.code, period }))
    expect(view).toMatchObject({
      state: 'correcting',
      sheet: { figures: [5, 5, 5] },
      correctionReason: '漏报一家',
      isEditable: true,
    })
    const cells = [{ position: 2, value: 6, mark: 0, upper: null }]
    const saved = await as(officer, (ctx) =>
      saveDraft(ctx, { reportId: report.reportId, version: opened.version, cells }),
    )
    const sent = await as(officer, (ctx) =>
      submitReport(ctx, { reportId: report.reportId, version: saved.version, ...plainly }),
    )
    const review = await as(reviewer, (ctx) => getReview(ctx, { reportId: report.reportId }))
    expect(review).toMatchObject({ lastAccepted: { figures: [5, 5, 5] }, changedSinceAccepted: [2] })
    await as(reviewer, (ctx) => acceptReport(ctx, { reportId: report.reportId, version: sent.version }))

    const steps = await as(cityReviewer, (ctx) =>
      getCellHistory(ctx, { form: form.code, period, body: '513221100', position: 2 }),
    )
    expect(steps.map((step) => [step.event, step.value, step.reason])).toEqual([
      ['submitted', 5, ''],
      ['accepted', 5, ''],
      ['correction_requested', 5, '漏报一家'],
      ['reopened', 5, '漏报一家'],
      ['submitted', 6, ''],
      ['accepted', 6, ''],
    ])
    const versions = await as(cityReviewer, (ctx) => listVersions(ctx, { reportId: report.reportId }))
    expect(versions.map((version) => [version.sheet.figures, version.decisions.map((step) => step.event)])).toEqual([
      [
        [5, 5, 5],
        ['accepted', 'correction_requested', 'reopened'],
      ],
      [[5, 6, 5], ['accepted']],
    ])
  })

  test('refused with a reason it stays accepted', async () => {
    const report = await anAcceptedReport(deps, {
      form,
      period: aPeriod(),
      tenantId: township,
      superiorId: county,
      figures: [5, 5, 5],
    })
    expect(await refusal(as(reviewer, (ctx) => refuseCorrection(ctx, { ...report, reason: '不必' })))).toMatchObject({
      key: 'errors.correctionNotRequested',
    })
    const asked = await as(officer, (ctx) => requestCorrection(ctx, { ...report, reason: '漏报' }))
    await expect(
      as(reviewer, (ctx) =>
        refuseCorrection(ctx, { reportId: report.reportId, version: asked.version, reason: '数据无误' }),
      ),
    ).resolves.toMatchObject({ state: 'accepted' })
  })

  test('opening without a request needs a reason', async () => {
    const report = await anAcceptedReport(deps, {
      form,
      period: aPeriod(),
      tenantId: township,
      superiorId: county,
      figures: [5, 5, 5],
    })
    expect(await refusal(as(reviewer, (ctx) => reopenReport(ctx, report)))).toMatchObject({
      key: 'errors.reasonMissing',
      fields: [{ path: 'reason' }],
    })
  })
})
