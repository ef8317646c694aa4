import type { Form } from '@gonglian/indicators'
import { listTasks } from '@gonglian/records'
import { reporting, requestCorrection, returnReport } from '@gonglian/reporting'
import { aDraftReport, aForm, aSubmittedReport, anAcceptedReport, itemCode } from '@gonglian/reporting/testing'
import { drainDirty } from '@gonglian/rollup'
import { targets } from '@gonglian/targets'
import { aPlan, accept, splitAndIssue } from '@gonglian/targets/testing'
import { gatherTasks, settleTask, sumTasks } from '@gonglian/tasks'
import { expectNoDrift } from '@gonglian/rollup/testing'
import { withTenant, type Role, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { listBlockers } from './blockers.ts'
import { listChanges } from './changes.ts'
import { readDesk } from './desk.ts'
import { listStandings } from './standings.ts'
import { SendUrges, sendUrges } from './urges.ts'
import { inspection } from './domain.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(close)
afterAll(() => expectNoDrift(deps))
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const as = <T>(code: string, roles: readonly Role[], work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(deps, aUser(id(code), ...roles), work)

const tasks = listTasks([inspection, targets, reporting])
/** What waits for people with these roles, by kind. */
const waiting = async (code: string, ...roles: Role[]) => {
  const kinds = new Map((await as(code, roles, (ctx) => gatherTasks(ctx, tasks))).map((kind) => [kind.key, kind]))
  return {
    keys: [...kinds.keys()],
    rows: (key: string) => kinds.get(key)?.rows ?? [],
    kind: (key: string) => kinds.get(key),
  }
}

const today = '2026-11-21T12:00:00+08:00'
const morning = new Date('2026-11-21T00:00:00+08:00')
/** Due five days after the month; a yearly one is due long after. */
let monthly: Form
let itemId: number

beforeAll(async () => {
  monthly = await aForm(deps, id('00'), { code: 'desk-month', frequency: 'month', due: { kind: 'calendar', days: 5 } })
  await aForm(deps, id('00'), {
    code: 'desk-year',
    frequency: 'year',
    due: { kind: 'calendar', days: 300 },
    opensOn: '2026-01-01',
  })
  const city = aUser(id('5132'), 'leader', 'officer')
  const plan = await aPlan(deps, city, [{ indicatorCode: itemCode('desk-month', 1), method: 'sum', value: 1200 }])
  itemId = plan.itemIds[0] ?? 0
  await splitAndIssue(deps, city, itemId, [
    { receiverId: id('513221'), value: 600 },
    { receiverId: id('513222'), value: 600 },
  ])
})
beforeEach(() => setNow(today))

test('duties wait for those who may do them: the leader accepts and signs, the officer splits', async () => {
  const kinds = async (role: Role) => (await waiting('513221', role)).keys.filter((key) => key.startsWith('targets.'))
  expect(await kinds('leader')).toEqual(['targets.accept'])
  expect((await waiting('513221', 'leader')).rows('targets.accept')).toMatchObject([
    { count: 1, since: '2026-11-21', due: null, urgency: 'open', to: expect.stringMatching(/^\/targets\/\d+$/) },
  ])
  expect(await kinds('officer')).toEqual([])
  await accept(deps, aUser(id('513221'), 'leader'), itemId)
  expect(await kinds('leader')).toEqual(['targets.sign', 'targets.split'])
  expect(await kinds('officer')).toEqual(['targets.split'])
  expect(await kinds('auditor')).toEqual([])
})

test('reports wait by their days: overdue first, the running month once it is near, the year later', async () => {
  const look = async () => {
    const reports = (await waiting('513222', 'officer')).kind('reporting.due')
    return {
      later: reports?.later,
      near: reports?.rows.map(({ to, urgency, daysLeft }) => [to, urgency, daysLeft]),
    }
  }
  // The fifth of December is a Saturday: November's is due on the seventh.
  expect(await look()).toEqual({ later: 2, near: [['/reports/desk-month/2026-10?period=2026-10', 'overdue', -16]] })
  setNow('2026-11-22T12:00:00+08:00')
  expect(await look()).toEqual({
    later: 1,
    near: [
      ['/reports/desk-month/2026-10?period=2026-10', 'overdue', -17],
      ['/reports/desk-month/2026-11?period=2026-11', 'later', 15],
    ],
  })
  expect((await waiting('513222', 'reviewer')).rows('reporting.due')).toEqual([])
})

test('what came back waits however old it is, with its reason, and not twice', async () => {
  const old = { form: monthly, period: '2026-03', tenantId: id('513222100'), figures: [1, 2, 3] }
  const { reportId, version } = await aSubmittedReport(deps, old)
  await as('513222', ['reviewer'], (ctx) =>
    returnReport(ctx, {
      reportId,
      version,
      faults: [
        { position: 2, reason: '与台账不符' },
        { position: 3, reason: '漏报' },
      ],
    }),
  )
  await aDraftReport(deps, { form: monthly, period: '2026-10', tenantId: id('513222100'), figures: [5] })
  const mine = await waiting('513222100', 'officer')
  expect(mine.rows('reporting.returned')).toMatchObject([
    {
      period: '2026-03',
      since: '2026-11-21',
      notes: [{ key: 'desk.returned.more', params: { count: 2, reason: '与台账不符' } }],
      to: '/reports/desk-month/2026-03?period=2026-03',
    },
  ])
  expect(mine.rows('reporting.due').find((row) => row.period === '2026-10')).toMatchObject({
    notes: [{ key: 'desk.filled', params: { filled: 1, fillable: 3 } }],
  })
  expect((await waiting('513222', 'officer')).rows('reporting.returned')).toEqual([])
})

test('the queue is counted by form and period, corrections asked for beside', async () => {
  const place = { form: monthly, period: '2026-05', figures: [1, 1, 1] }
  await aSubmittedReport(deps, { ...place, tenantId: id('513221100') })
  await aSubmittedReport(deps, { ...place, tenantId: id('513221101') })
  const taken = await anAcceptedReport(deps, { ...place, tenantId: id('513221102'), superiorId: id('513221') })
  await as('513221102', ['officer'], (ctx) => requestCorrection(ctx, { ...taken, reason: '数字有误' }))
  expect((await waiting('513221', 'reviewer')).rows('reporting.reviews')).toMatchObject([
    {
      period: '2026-05',
      notes: [
        { key: 'desk.reviews.submitted', params: { count: 2 } },
        { key: 'desk.reviews.corrections', params: { count: 1 } },
      ],
      to: '/reports/review/desk-month/2026-05?period=2026-05',
    },
  ])
  expect((await waiting('513221', 'officer')).rows('reporting.reviews')).toEqual([])
  expect((await waiting('5132', 'reviewer')).rows('reporting.reviews')).toEqual([])
})

test('each target is judged at the last period that is over, not at the running one', async () => {
  for (const [period, figure] of [
    ['2026-01', 100],
    ['2026-02', 50],
  ] as const) {
    await aSubmittedReport(deps, { form: monthly, period, tenantId: id('513222'), figures: [figure, 0, 0] })
  }
  await drainDirty(deps)
  const stand = (period: string) => as('513222', ['leader'], (ctx) => listStandings(ctx, { period }))
  expect(await stand('2026-02')).toMatchObject([
    {
      item: { id: itemId },
      target: 600,
      reported: { value: 150 },
      expected: 100,
      rate: 2500,
      light: 'green',
      form: { until: '2026-02' },
    },
  ])
  // November runs: ten months of schedule, not eleven.
  expect(await stand('2026-11')).toMatchObject([{ expected: 500, light: 'red', form: { until: '2026-10' } }])
  expect(await stand('2025-11')).toEqual([])
  // On the second of January nothing of the year is over, and nobody is behind.
  setNow('2026-01-02T12:00:00+08:00')
  expect(await stand('2026-01')).toMatchObject([
    { target: 600, reported: { value: null }, light: null, form: { until: null } },
  ])
})

test('news are what others did since then: decisions from above, submissions from below, targets', async () => {
  setNow('2026-11-10T12:00:00+08:00')
  const before = { form: monthly, period: '2026-06', figures: [1, 1, 1] }
  await anAcceptedReport(deps, { ...before, tenantId: id('513221'), superiorId: id('5132') })
  setNow(today)
  const period = '2026-07'
  await aSubmittedReport(deps, { ...before, period, tenantId: id('513221100') })
  await aSubmittedReport(deps, { ...before, period, tenantId: id('513221101') })
  await anAcceptedReport(deps, { ...before, period, tenantId: id('513221'), superiorId: id('5132') })
  const news = async (code: string, since: Date) =>
    (await as(code, ['leader'], (ctx) => listChanges(ctx, since))).changes
  const mine = await news('513221', morning)
  expect(mine.filter((line) => line.kind === 'decision')).toMatchObject([
    { event: 'accepted', period, form: { code: 'desk-month' } },
  ])
  expect(mine.find((line) => line.kind === 'handedIn' && line.period === period)).toMatchObject({
    event: 'submitted',
    count: 2,
  })
  expect(mine.find((line) => line.kind === 'target')).toMatchObject({ event: 'issued', isOwn: true, items: 1 })
  expect((await news('513221', new Date('2026-11-01'))).filter((line) => line.kind === 'decision')).toHaveLength(2)
  // The neighbour hears of its own only, the city of the county's answer.
  expect((await news('513222', morning)).filter((line) => line.kind !== 'target' && line.period === period)).toEqual([])
  expect(await news('5132', morning)).toContainEqual(
    expect.objectContaining({ kind: 'target', event: 'answered', isOwn: false, body: '汶川县', items: 1 }),
  )
})

test('who blocks is named for the last month that is over, and is urged once a day', async () => {
  const blocked = async () =>
    (await as('513221', ['officer'], listBlockers)).find((line) => line.form.id === monthly.id)
  const codes = (line: Awaited<ReturnType<typeof blocked>>) => line?.bodies.map((body) => body.code)
  const first = await blocked()
  expect(first).toMatchObject({ period: '2026-10', expected: 3, dueOn: '2026-11-05' })
  expect(codes(first)).toEqual(['513221100', '513221101', '513221102'])
  expect(first?.bodies[0]).toMatchObject({ state: 'not_started', daysLate: 16, urgedAt: null, isUrgedToday: false })

  const receiver = { bodyId: id('513221101'), cause: 'report' as const }
  const urge = () =>
    as('513221', ['officer'], (ctx) =>
      sendUrges(ctx, SendUrges.parse({ formId: monthly.id, period: '2026-10', receivers: [receiver] })),
    )
  expect(await urge()).toEqual({ sent: 1, already: [] })
  expect(await urge()).toEqual({ sent: 0, already: [receiver.bodyId] })
  expect((await blocked())?.bodies.map((body) => body.isUrgedToday)).toEqual([false, true, false])
  setNow('2026-11-22T09:00:00+08:00')
  expect((await blocked())?.bodies[1]).toMatchObject({ isUrgedToday: false, urgedAt: new Date(today) })

  const [heard] = (await waiting('513221101', 'officer')).rows('inspection.urges')
  expect(heard).toMatchObject({
    period: '2026-10',
    notes: [{ key: 'desk.urge.report', params: { from: '汶川县总工会' } }],
    to: '/reports/desk-month/2026-10?period=2026-10',
  })
  const settle = (code: string, key = 'inspection.urges') =>
    as(code, ['officer'], (ctx) => settleTask(ctx, tasks, { key, id: heard?.id ?? '' }))
  await expect(settle('513221100')).rejects.toMatchObject({ code: 'not_found' })
  await expect(settle('513221101', 'reporting.due')).rejects.toMatchObject({ code: 'not_found' })
  await settle('513221101')
  expect((await waiting('513221101', 'officer')).rows('inspection.urges')).toEqual([])

  await aSubmittedReport(deps, { form: monthly, period: '2026-10', tenantId: id('513221101'), figures: [1, 1, 1] })
  expect(codes(await blocked())).toEqual(['513221100', '513221102'])
  expect(await as('513221100', ['officer'], listBlockers)).toEqual([])
})

test('a desk is for business: whoever only reads urges nobody, an administrator has none', async () => {
  const desk = (role: Role) => as('513221', [role], (ctx) => readDesk(ctx, { period: '2026-11', since: morning }))
  expect((await desk('auditor')).blockers).toBeNull()
  expect((await waiting('513221', 'auditor')).keys).toEqual([])
  expect((await waiting('513221', 'sysadmin')).keys).toEqual([])
  await expect(desk('sysadmin')).rejects.toMatchObject({ code: 'forbidden' })
})

test('who sits on what was handed in to it blocks too, after two days, and is urged to review', async () => {
  const place = { form: monthly, period: '2026-11', figures: [1, 1, 1] }
  setNow('2026-12-08T12:00:00+08:00')
  await aSubmittedReport(deps, { ...place, tenantId: id('513221101') })
  setNow('2026-12-10T11:00:00+08:00')
  const look = async () => {
    const blockers = await as('5132', ['leader'], listBlockers)
    const month = blockers.find(({ form, period }) => form.code === 'desk-month' && period === '2026-11')
    return month?.reviewers.map(({ code, waiting, isUrgedToday }) => ({ code, waiting, isUrgedToday }))
  }
  expect(await look()).toEqual([])
  setNow('2026-12-10T13:00:00+08:00')
  expect(await look()).toEqual([{ code: '513221', waiting: 1, isUrgedToday: false }])
  await as('5132', ['leader'], (ctx) =>
    sendUrges(
      ctx,
      SendUrges.parse({
        formId: monthly.id,
        period: '2026-11',
        receivers: [{ bodyId: id('513221'), cause: 'review' }],
      }),
    ),
  )
  expect(await look()).toEqual([{ code: '513221', waiting: 1, isUrgedToday: true }])
})

test('the badge counts what the desk lists', async () => {
  const kinds = await as('513221', ['leader', 'officer'], (ctx) => gatherTasks(ctx, tasks))
  const rows = kinds.flatMap((kind) => kind.rows)
  expect(rows.length).toBeGreaterThan(0)
  expect(sumTasks(kinds)).toEqual({
    total: rows.length,
    overdue: rows.filter(({ daysLeft }) => daysLeft !== null && daysLeft < 0).length,
  })
})
