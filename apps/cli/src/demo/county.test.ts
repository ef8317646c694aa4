import { afterAll, beforeAll, expect, test } from 'vitest'
import { aCatalogue, thePastsBodies } from '@gonglian/indicators/testing'
import {
  GetLedger,
  ListApplications,
  ListAppraisals,
  ListImports,
  ListChecklists,
  ListFollowUps,
  ListMembers,
  ListQuotas,
  ListSchemes,
  ListScreenings,
  ListLeads,
  ListTerms,
  ListTransfers,
  ListUnions,
  getLedger,
  listActivities,
  listApplications,
  listAppraisals,
  listDemoPoints,
  listEvidence,
  listImports,
  listChecklists,
  listFollowUps,
  listMembers,
  listRooms,
  listQuotas,
  listSchemes,
  listScreenings,
  listTrainings,
  listCampaigns,
  listDemonstrations,
  listLeads,
  listLetters,
  ListRestructurings,
  listRestructurings,
  listTerms,
  listTransfers,
  listUnions,
  organisationApprovals,
} from '@gonglian/organisation'
import { receivedView } from '@gonglian/approvals/declared'
import { collectApprovals, declareApprovals } from '@gonglian/approvals'
import {
  activityView,
  campaignView,
  demoPointView,
  demonstrationView,
  evidenceView,
  letterView,
  roomView,
  trainingView,
} from '@gonglian/organisation/declared'
import { readList } from '@gonglian/records'
import { gatherTasks } from '@gonglian/tasks'
import { addFederations, listTree, shanghaiDay, systemActor, withTenant } from '@gonglian/tenancy'
import { aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { homeRegister, loadCounty, loadTownship, loadTransfer, townRegister, yearsAgo } from './county.ts'
import { loadAccounts } from './accounts.ts'
import type { DemoBody } from './tree.ts'
import { loadRegisters, registers } from './registers.ts'

let house: TestDeps
let bodies: Map<string, number>

beforeAll(async () => {
  house = await openTestDeps()
  bodies = await thePastsBodies(house.deps)
  // The county has five townships, as the real one has more.
  await withTenant(house.deps, systemActor('test', 0), (ctx) =>
    addFederations(
      ctx,
      ['513221103', '513221104'].map((code) => ({
        code,
        name: `${code}总工会`,
        shortName: code,
        level: 'township' as const,
        parentCode: homeRegister.code,
        validFrom: '1990-01-01',
      })),
    ),
  )
  bodies = await withTenant(
    house.deps,
    systemActor('test', 0),
    async (ctx) => new Map((await listTree(ctx)).map((body) => [body.code, body.id])),
  )
  await aCatalogue(house.deps, idOf(bodies, '00'))
  const daye = registers.filter((register) => register.code === '420281').map((one) => ({ ...one, members: 0 }))
  const say = () => undefined
  await loadAccounts(house.deps, await listTownAndCounty(), idOf(bodies, '00'))
  await loadRegisters(house.deps, { ids: bodies, registers: [...daye, homeRegister], say })
  await loadCounty(house.deps, bodies, say)
  await loadRegisters(house.deps, { ids: bodies, registers: [townRegister], say })
  await loadTownship(house.deps, bodies)
  await loadTransfer(house.deps, bodies)
})
afterAll(() => house.close())

/** As the tree of the demonstration has them. */
async function listTownAndCounty(): Promise<DemoBody[]> {
  const tree = await withTenant(house.deps, systemActor('test', 0), (ctx) => listTree(ctx))
  return tree
    .filter(({ code }) => code === homeRegister.code || code === townRegister.code)
    .map((body) => ({ ...body, isOpen: true }))
}

const atHome = () => aUser(idOf(bodies, homeRegister.code), 'officer')

test('a leap day has its day in every year', () => {
  expect(yearsAgo('2028-02-29', 2)).toBe('2026-02-28')
  expect(yearsAgo('2028-02-29', 4)).toBe('2024-02-29')
  expect(yearsAgo('2027-03-01', 5)).toBe('2022-03-01')
})

test('the county finds work: leads, an application that waits, terms due and over', async () => {
  await withTenant(house.deps, atHome(), async (ctx) => {
    const leads = await listLeads(ctx, ListLeads.parse({}))
    expect(new Set(leads.rows.map((lead) => lead.state))).toEqual(new Set(['found', 'contacted', 'refused']))
    expect((await listApplications(ctx, ListApplications.parse({}))).total).toBe(1)
    expect((await listUnions(ctx, ListUnions.parse({ termOverdue: true }))).total).toBe(3)
    // An ordinary county: nothing is late for longer than some weeks.
    const { rows: late } = await listTerms(ctx, ListTerms.parse({ states: ['overdue'] }))
    expect(late.map(({ daysLeft }) => daysLeft).toSorted((a, b) => a - b)).toEqual([-24, -16, -8])
  })
})

test('applications stand at every stage, and each desk has its part', async () => {
  const approvals = declareApprovals(collectApprovals(organisationApprovals))
  const read = (code: string, role: 'officer' | 'leader') =>
    withTenant(house.deps, aUser(idOf(bodies, code), role), async (ctx) => {
      const received = await readList(ctx, approvals.nouns.applications.listReceived, receivedView.input.parse({}))
      const tasks = await gatherTasks(ctx, approvals.tasks)
      return {
        states: new Set(received.rows.map(({ state }) => state)),
        tasks: tasks.filter(({ rows }) => rows.length > 0).map(({ key }) => key),
      }
    })
  const county = await read(homeRegister.code, 'leader')
  expect([...county.states].toSorted()).toEqual(['applied', 'approved', 'lapsed', 'proposed', 'returned', 'withdrawn'])
  expect(county.tasks).toContain('approvals.decide')
  expect((await read(homeRegister.code, 'officer')).tasks).toEqual(['approvals.propose', 'approvals.mend'])
  expect((await read('5132', 'officer')).tasks).toEqual(['approvals.propose'])
})

test('every list about unions has something in it', async () => {
  await withTenant(house.deps, atHome(), async (ctx) => {
    expect(await listRestructurings(ctx, ListRestructurings.parse({}))).toMatchObject({ rows: [{ isOverdue: false }] })
    expect((await readList(ctx, listDemonstrations, demonstrationView.input.parse({}))).total).toBe(1)
    const { rows } = await readList(ctx, listLetters, letterView.input.parse({ filters: { state: ['open'] } }))
    expect(rows).toHaveLength(1)
    const campaigns = await readList(ctx, listCampaigns, campaignView.input.parse({}))
    expect(campaigns.rows[0]?.visits).toBeGreaterThan(0)
  })
})

test('the registers of officers, trainings and women have something in them, and the township has a register of its own', async () => {
  const year = Number(shanghaiDay(house.deps.clock()).slice(0, 4))
  await withTenant(house.deps, atHome(), async (ctx) => {
    const trainings = await readList(ctx, listTrainings, trainingView.input.parse({}))
    expect(new Set(trainings.rows.map(({ state }) => state))).toContain('held')
    expect((await listQuotas(ctx, ListQuotas.parse({ own: true }))).total).toBe(3)
    expect((await readList(ctx, listActivities, activityView.input.parse({}))).total).toBeGreaterThan(0)
    expect((await readList(ctx, listRooms, roomView.input.parse({}))).total).toBe(3)
    expect((await listScreenings(ctx, ListScreenings.parse({ year }))).total).toBe(1)
    expect((await listFollowUps(ctx, ListFollowUps.parse({}))).total).toBe(1)
  })
  await withTenant(house.deps, aUser(idOf(bodies, townRegister.code), 'officer'), async (ctx) => {
    expect((await listUnions(ctx, ListUnions.parse({}))).total).toBe(townRegister.unions)
    expect((await listMembers(ctx, ListMembers.parse({}))).total).toBe(townRegister.members + 12)
    expect((await listLeads(ctx, ListLeads.parse({}))).total).toBe(6)
    const { rows } = await listTerms(ctx, ListTerms.parse({ states: ['due_soon'] }))
    // The township's own committee, and a union's.
    expect(rows).toHaveLength(2)
    // One standard and one rating of homes: the county's.
    expect((await listChecklists(ctx, ListChecklists.parse({}))).total).toBe(1)
    expect((await listSchemes(ctx, ListSchemes.parse({}))).total).toBe(1)
  })
})

test('transfers wait on both sides: to another province, from the county and from its township', async () => {
  const read = async (code: string, direction: 'sent' | 'received') => {
    const { rows } = await withTenant(house.deps, aUser(idOf(bodies, code), 'officer'), (ctx) =>
      listTransfers(ctx, ListTransfers.parse({ direction })),
    )
    return rows.map((transfer) => transfer.state)
  }
  expect(await read(homeRegister.code, 'sent')).toEqual(['requested', 'requested'])
  for (const code of [homeRegister.code, townRegister.code, '420281'])
    expect(await read(code, 'received')).toEqual(['requested'])
})

test.each([homeRegister.code, townRegister.code])(
  '%s has an appraisal that is through and one that is open, evidence with files, a demonstration point and a file of members',
  async (code) => {
    await withTenant(house.deps, aUser(idOf(bodies, code), 'officer'), async (ctx) => {
      const own = (tenantId: number) => tenantId === ctx.tenantId
      const year = Number(ctx.today.slice(0, 4))
      const held = await Promise.all(
        [year, year - 1].map((one) => listAppraisals(ctx, ListAppraisals.parse({ year: one, pageSize: 200 }))),
      )
      const appraisals = held.flatMap(({ rows }) => rows).filter(({ ownerId }) => own(ownerId))
      expect(appraisals.map(({ state }) => state).toSorted()).toEqual(['filed', 'open'])
      const through = appraisals.find(({ state }) => state === 'filed')
      expect(through?.satisfied).toBeGreaterThan(through?.basic ?? 0)
      expect((await readList(ctx, listEvidence, evidenceView.input.parse({}))).total).toBe(3)
      const { rows: points } = await readList(ctx, listDemoPoints, demoPointView.input.parse({}))
      const [point] = points.filter(({ tenantId }) => own(tenantId))
      const ledger = await getLedger(ctx, GetLedger.parse({ unionId: point?.unionId }))
      expect(ledger.lists.flatMap(({ items }) => items.map(({ evidenceId }) => evidenceId))).not.toContain(null)
      const { rows: imports } = await listImports(ctx, ListImports.parse({}))
      expect(imports).toMatchObject([{ kind: 'members', state: 'done', bad: 0 }])
    })
  },
)

test('a second load changes nothing', async () => {
  const count = () =>
    withTenant(house.deps, atHome(), async (ctx) => [
      (await listLeads(ctx, ListLeads.parse({}))).total,
      (await listTransfers(ctx, ListTransfers.parse({ direction: 'sent' }))).total,
    ])
  const before = await count()
  await loadCounty(house.deps, bodies, () => undefined)
  await loadTownship(house.deps, bodies)
  await loadTransfer(house.deps, bodies)
  expect(await count()).toEqual(before)
})
