import { expectNoDrift } from '@gonglian/rollup/testing'
import { systemActor, withTenant, type TenantContext, type Actor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { loadParameters } from '@gonglian/indicators'
import { getReport, returnReport } from './index.ts'
import { aForm, aSubmittedReport } from './testing.ts'
import { listTimeliness } from './timeliness.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(close)
afterAll(() => expectNoDrift(deps))
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const as = <T>(actor: Actor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const form = await aForm(deps, id('00'), { code: 'monthly', frequency: 'month', due: { kind: 'calendar', days: 5 } })

test('each ended period is on time, late, missing or still open; the running one is not judged', async () => {
  const place = { form, tenantId: id('513221100'), figures: [1, 2, 3] }
  setNow('2026-02-03T12:00:00+08:00')
  await aSubmittedReport(deps, { ...place, period: '2026-01' })
  setNow('2026-03-20T12:00:00+08:00')
  await aSubmittedReport(deps, { ...place, period: '2026-02' })
  setNow('2026-05-02T12:00:00+08:00')
  const sentBack = await aSubmittedReport(deps, { ...place, period: '2026-03' })
  await as(aUser(id('513221'), 'reviewer'), (ctx) =>
    returnReport(ctx, { ...sentBack, faults: [{ position: 1, reason: '请核实' }] }),
  )
  const { forms, years } = await as(aUser(id('513221'), 'reviewer'), (ctx) =>
    listTimeliness(ctx, { bodyId: id('513221100'), year: 2026 }),
  )
  expect(forms.map(({ form: { code } }) => code)).toEqual(['monthly'])
  expect(forms[0]?.periods.map(({ period, verdict }) => [period, verdict])).toEqual([
    ['2026-01', 'onTime'],
    ['2026-02', 'late'],
    ['2026-03', 'missing'],
    ['2026-04', 'open'],
  ])
  expect(years).toEqual([{ year: 2026, handedIn: 2, late: 1 }])
})

test('what another county reports is not told', async () => {
  const { forms, years } = await as(aUser(id('513222'), 'reviewer'), (ctx) =>
    listTimeliness(ctx, { bodyId: id('513222100'), year: 2026 }),
  )
  expect(years).toEqual([])
  expect(forms[0]?.periods.every(({ submittedAt }) => submittedAt === null)).toBe(true)
  await expect(
    as(aUser(id('513222'), 'reviewer'), (ctx) => listTimeliness(ctx, { bodyId: id('513221100'), year: 2026 })),
  ).rejects.toMatchObject({ code: 'not_found' })
  await expect(
    as(aUser(id('513221100'), 'officer'), (ctx) => listTimeliness(ctx, { bodyId: id('513221'), year: 2026 })),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('a deadline in a year without a holiday notice says that it may still move', async () => {
  setNow('2026-12-20T12:00:00+08:00')
  await as(systemActor('test', id('00')), loadParameters)
  const look = (period: string) =>
    as(aUser(id('513221101'), 'officer'), (ctx) => getReport(ctx, { form: 'monthly', period }))
  expect(await look('2026-11')).toMatchObject({ dueOn: '2026-12-07', isDueProvisional: false })
  expect(await look('2026-12')).toMatchObject({ dueOn: '2027-01-05', isDueProvisional: true })
  // Asked in a year that the calendar does not hold, the question is about the year of the deadline.
  setNow('2028-02-29T12:00:00+08:00')
  expect(await look('2028-01')).toMatchObject({ dueOn: '2028-02-07', isDueProvisional: true })
})
