import { expectNoDrift } from '@gonglian/rollup/testing'
import { systemActor, withTenant, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import {
  ListMissing,
  ListReviewQueue,
  getCellHistory,
  getReport,
  importReports,
  listMissing,
  listMyReports,
  listReviewQueue,
  openReport,
  returnReport,
} from './index.ts'
import { aDraftReport, aForm, aSubmittedReport, anAcceptedReport } from './testing.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
afterAll(() => expectNoDrift(deps))
const tree = await aSmallTree(deps)
const nation = idOf(tree, '00')
const county = idOf(tree, '513221')
const township = idOf(tree, '513221100')
const as = <T>(actor: UserActor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const officer = aUser(township, 'officer')
const reviewer = aUser(county, 'reviewer')

const monthly = await aForm(deps, nation, {
  code: 'monthly',
  frequency: 'month',
  due: { kind: 'calendar', days: 5 },
  items: [
    {},
    {},
    {
      nature: 'ratio',
      additivity: 'ratio',
      unit: '%',
      scale: 2,
      formula: { op: '/', left: 'monthly_1', right: 'monthly_2' },
    },
  ],
})
const quarterly = await aForm(deps, nation, { code: 'quarterly' })
await aForm(deps, nation, { code: 'for-counties', fillerLevels: ['county'] })

test('mine: this period and the last of each form I fill in, with deadline and progress', async () => {
  await aDraftReport(deps, { form: monthly, period: '2026-10', tenantId: township, figures: [5], marks: {} })
  await aSubmittedReport(deps, { form: quarterly, period: '2026-Q3', tenantId: township, figures: [0, 0, 0] })
  const mine = await as(officer, (ctx) => listMyReports(ctx, {}))
  expect(
    mine.map((report) => [
      report.form.code,
      report.period,
      report.state,
      report.dueOn,
      report.daysLeft,
      report.isLate,
      report.isZero,
      `${report.filled}/${report.fillable}`,
    ]),
  ).toEqual([
    ['monthly', '2026-10', 'draft', '2026-11-05', -16, true, false, '1/2'],
    ['monthly', '2026-11', 'not_started', '2026-12-07', 16, false, false, '0/2'],
    ['quarterly', '2026-Q3', 'submitted', null, null, false, true, '3/3'],
    ['quarterly', '2026-Q4', 'not_started', null, null, false, false, '0/3'],
  ])
})

test('mine, of one month: the quarter it lies in is there too', async () => {
  const mine = await as(officer, (ctx) => listMyReports(ctx, { period: '2026-08' }))
  expect(mine.map((report) => report.period)).toEqual(['2026-08', '2026-Q3'])
})

test('a period that has not begun is not mine yet', async () => {
  const mine = await as(officer, (ctx) => listMyReports(ctx, { period: '2026-H2' }))
  expect(mine.map((report) => report.period)).toEqual([
    '2026-07',
    '2026-08',
    '2026-09',
    '2026-10',
    '2026-11',
    '2026-Q3',
    '2026-Q4',
  ])
})

test('the queue: direct subordinates only, sorted, searched by pinyin, counted by state', async () => {
  const period = '2026-09'
  await aSubmittedReport(deps, { form: monthly, period, tenantId: idOf(tree, '513221101'), figures: [1, 1] })
  await aSubmittedReport(deps, { form: monthly, period, tenantId: township, figures: [1, 1] })
  await anAcceptedReport(deps, {
    form: monthly,
    period,
    tenantId: idOf(tree, '513221102'),
    superiorId: county,
    figures: [1, 1],
  })
  await aSubmittedReport(deps, { form: monthly, period, tenantId: idOf(tree, '513222100'), figures: [1, 1] })
  const ask = (input: object) =>
    as(reviewer, (ctx) => listReviewQueue(ctx, ListReviewQueue.parse({ period, ...input })))
  const all = await ask({ sort: 'body', descending: true })
  expect(all.reports.map((report) => report.body.code)).toEqual(['513221101', '513221100'])
  expect(all).toMatchObject({ total: 2, counts: { submitted: 2, accepted: 1, returned: 0, draft: 0, correcting: 0 } })
  expect((await ask({ search: 'yingxiu' })).reports.map((report) => report.body.code)).toEqual(['513221101'])
  expect((await ask({ sort: 'body', page: 2, pageSize: 1 })).reports.map((report) => report.body.code)).toEqual([
    '513221101',
  ])
  expect((await ask({ state: 'accepted' })).reports.map((report) => report.body.code)).toEqual(['513221102'])
  expect((await ask({ search: `%'_;\u202e` })).reports).toEqual([])
})

test('missing: who has not begun, not finished, or was sent back; children or everybody below', async () => {
  const period = '2026-07'
  const back = await aSubmittedReport(deps, { form: monthly, period, tenantId: township, figures: [1, 1] })
  await as(reviewer, (ctx) => returnReport(ctx, { ...back, faults: [{ position: 1, reason: '不符' }] }))
  await aDraftReport(deps, { form: monthly, period, tenantId: idOf(tree, '513221101'), figures: [1] })
  await aSubmittedReport(deps, { form: monthly, period, tenantId: idOf(tree, '513221102'), figures: [1, 1] })
  const ask = (actor: UserActor, input: object = {}) =>
    as(actor, (ctx) => listMissing(ctx, ListMissing.parse({ form: 'monthly', period, ...input })))
  const own = await ask(reviewer)
  expect(own).toMatchObject({ expected: 3, total: 2 })
  expect(own.missing.map((row) => [row.code, row.state, row.dueOn, row.daysLate])).toEqual([
    ['513221100', 'returned', '2026-08-05', 108],
    ['513221101', 'draft', '2026-08-05', 108],
  ])
  const city = aUser(idOf(tree, '5132'), 'reviewer')
  expect((await ask(city)).missing.map((row) => row.code)).toEqual(['513221', '513222', '5132JT'])
  expect((await ask(city, { scope: 'all' })).missing.map((row) => row.code)).toEqual([
    '513221',
    '513221100',
    '513221101',
    '513222',
    '513222100',
    '5132JT',
  ])
  expect(await ask(city, { scope: 'all', search: 'weizhou' })).toMatchObject({ total: 1, expected: 7 })
  expect(await ask(officer, { scope: 'all' })).toEqual({ missing: [], total: 0, expected: 0 })
})

test('imports: thousands in one statement, again without effect, changed figures as the next version with their source', async () => {
  const root = systemActor('test', nation)
  const period = '2026-05'
  const reports = [
    { tenantId: township, figures: [156, null], marks: [2, 10], notes: { 1: '原文：156余' } },
    { tenantId: county, figures: [3, 4], upper: [null, 9], marks: [0, 6] },
  ]
  const load = (changed = reports) =>
    withTenant(deps, root, (ctx) =>
      importReports(ctx, {
        formId: monthly.id,
        period,
        state: 'accepted',
        reports: changed,
        source: '2026年5月工作总结',
      }),
    )
  expect([await load(), await load()]).toEqual([2, 0])
  expect(await load([{ tenantId: township, figures: [157, null], marks: [2, 10], notes: { 1: '原文：156余' } }])).toBe(
    1,
  )
  const view = await as(reviewer, (ctx) => getReport(ctx, { form: 'monthly', period, body: '513221100' }))
  expect(view).toMatchObject({
    state: 'accepted',
    sheet: { figures: [157, null, null], marks: [2, 10, 0], notes: { 1: '原文：156余' } },
  })
  const steps = await as(reviewer, (ctx) =>
    getCellHistory(ctx, { form: 'monthly', period, body: '513221100', position: 1 }),
  )
  expect(steps.map((step) => [step.event, step.value, step.mark, step.reason])).toEqual([
    ['imported', 156, 2, '2026年5月工作总结'],
    ['imported', 157, 2, '2026年5月工作总结'],
  ])
  await expect(
    load([{ tenantId: township, figures: [1, 2, 3, 4], marks: [], notes: { 1: '' } }]),
  ).rejects.toMatchObject({ key: 'errors.importWidth' })
  await expect(
    as(officer, (ctx) => importReports(ctx, { formId: monthly.id, period, state: 'accepted', reports })),
  ).rejects.toMatchObject({ code: 'forbidden' })
})

test('a report opened after the import is the imported one', async () => {
  const present = await as(officer, (ctx) => openReport(ctx, { form: 'monthly', period: '2026-05' }))
  expect(present.state).toBe('accepted')
})
