import { expectNoDrift } from '@gonglian/rollup/testing'
import { withTenant, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { acceptReport, listReviewWork, requestCorrection, returnReport } from './index.ts'
import { aDraftReport, aForm, aSubmittedReport } from './testing.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
afterAll(() => expectNoDrift(deps))
const tree = await aSmallTree(deps)
const county = idOf(tree, '513221')
const [first, second, third] = ['513221100', '513221101', '513221102'].map((code) => idOf(tree, code))
const reviewer = aUser(county, 'reviewer')
const as = <T>(actor: UserActor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const monthly = await aForm(deps, idOf(tree, '00'), {
  code: 'monthly',
  frequency: 'month',
  due: { kind: 'calendar', days: 5 },
})
await aForm(deps, idOf(tree, '00'), { code: 'for-cities', fillerLevels: ['city'] })
const submit = (tenantId = 0, period: string) =>
  aSubmittedReport(deps, { form: monthly, period, tenantId, figures: [1, 2, 3] })

test('a reviewer sees each form of the month and the month before, by state, and what waits from long ago', async () => {
  await submit(first, '2026-10')
  const taken = await submit(second, '2026-10')
  const sentBack = await submit(third, '2026-10')
  await as(reviewer, (ctx) => acceptReport(ctx, taken))
  await as(reviewer, (ctx) => returnReport(ctx, { ...sentBack, faults: [{ position: 1, reason: '请核实' }] }))
  const old = await submit(first, '2026-03')
  const { version } = await as(reviewer, (ctx) => acceptReport(ctx, old))
  await as(aUser(first ?? 0, 'officer'), (ctx) =>
    requestCorrection(ctx, { reportId: old.reportId, version, reason: '漏了一户' }),
  )
  await aDraftReport(deps, { form: monthly, period: '2026-02', tenantId: first ?? 0, figures: [1] })

  const work = await as(reviewer, (ctx) => listReviewWork(ctx, { period: '2026-11' }))
  expect(
    work.map((row) => [
      row.form.code,
      row.period,
      row.dueOn,
      row.isOverdue,
      row.expected,
      row.waiting,
      row.returned,
      row.accepted,
      row.corrections,
      row.missing,
    ]),
  ).toEqual([
    ['monthly', '2026-11', '2026-12-07', false, 3, 0, 0, 0, 0, 3],
    ['monthly', '2026-10', '2026-11-05', true, 3, 1, 1, 1, 0, 1],
    ['monthly', '2026-03', '2026-04-06', true, 3, 0, 0, 1, 1, 2],
  ])
})

test('below a township there is nothing to review', async () => {
  expect(await as(aUser(first ?? 0, 'leader'), (ctx) => listReviewWork(ctx, {}))).toEqual([])
})
