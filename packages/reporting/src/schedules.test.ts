import { sql } from 'kysely'
import { createDatabase } from '@gonglian/db'
import { type Form } from '@gonglian/indicators'
import { drainDirty, hierarchies, readBacklog, readTotals, recomputeAll, verifyTotals } from '@gonglian/rollup'
import { moveFederation, systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { acceptReport, importReports, submitReport } from './index.ts'
import { computePlainly, type Accepted, type Hierarchy, type PlainReport, type World } from './oracle.ts'
import { openStage, type Leg, type Outcome, type Task } from './schedules.ts'
import { aDraftReport, aForm, aSubmittedReport } from './testing.ts'

// P2, P3 under concurrency: moves, the worker, submissions and acceptances, preempted after every statement. Whatever the order, once the
// marks are worked off no total differs: neither for `verify` nor for the plain oracle.

/** Every how many statements a task is stopped; 1 tries all, and more seeds, in some minutes. */
const every: number = 8
const period = '2026-Q4'

const house = await openTestDeps()
const { deps } = house
const { db: owner, pool } = createDatabase(house.ownerUrl, 1)
const stage = await openStage(deps, house, 8)
afterAll(async () => {
  await stage.close()
  await pool.end()
  await house.close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const root = id('00')
const fillers = ['county', 'township'] as const
const form = await aForm(deps, root, { items: 2, fillerLevels: [...fillers] })

const move =
  (code: string, to: string, hierarchy: 'regional' | 'line' = 'regional'): Task =>
  (own) =>
    withTenant(own, systemActor('test', root), (ctx) =>
      moveFederation(ctx, {
        federationId: id(code),
        parentId: id(to),
        hierarchy,
        from: '2026-11-20',
        reason: '区划调整',
      }),
    )
type Made = { reportId: number; version: number }
const submit =
  (code: string, made: Made): Task =>
  (own) =>
    withTenant(own, aUser(id(code), 'officer'), (ctx) =>
      submitReport(ctx, { ...made, confirmWarnings: true, zero: false }),
    )
const accept =
  (superior: string, made: Made): Task =>
  (own) =>
    withTenant(own, aUser(id(superior), 'reviewer'), (ctx) => acceptReport(ctx, made))
const recompute: Task = (own) =>
  withTenant(own, systemActor('test', root), (ctx) => recomputeAll(ctx, { formId: form.id, period }))

/** A loader: reports and totals of a period nobody else knows of before the commit. */
const load: Task = (own) =>
  withTenant(own, systemActor('test', root), async (ctx) => {
    const reports = [{ tenantId: id('513221101'), figures: [5, 6] }]
    await importReports(ctx, { formId: form.id, period: '2027-Q1', state: 'accepted', reports })
    await recomputeAll(ctx, { formId: form.id, period: '2027-Q1' })
  })

const kept = [
  'tenancy.link',
  'tenancy.closure',
  'tenancy.subtree',
  'indicators.form',
  'reporting.report',
  'reporting.draft',
  'reporting.report_version',
  'reporting.acceptance',
  'reporting.accepted_total',
  'tenancy.former',
  'rollup.total',
  'rollup.dirty',
  'rollup.regrouped',
  'rollup.recount',
] as const
await sql.raw('create schema kept').execute(owner)

/** Remembers what is stored now, to begin the next schedule with the same. */
async function keep(name: string): Promise<() => Promise<void>> {
  const copies = kept.map((table) => ({ table, copy: `kept.${name}_${table.replace('.', '_')}` }))
  for (const { table, copy } of copies) await sql.raw(`create table ${copy} as table ${table}`).execute(owner)
  const back = copies.map(({ table, copy }) => `insert into ${table} overriding system value select * from ${copy};`)
  const script = `begin; set local session_replication_role = replica;
    ${copies.map(({ table }) => `delete from ${table};`).join('')} ${back.join('')} commit`
  return async () => {
    await sql.raw(script).execute(owner)
  }
}

/** The country as it stands in the database, for the oracle. */
async function readWorld(of: Form): Promise<World> {
  const { rows: bodies } = await sql<{ id: number; level: string }>`
    select id, level from tenancy.federation order by id`.execute(owner)
  const keys = new Map(bodies.map((body, key) => [body.id, key]))
  const key = (body: number) => keys.get(body) ?? -1
  const { rows: links } = await sql<{
    hierarchy: 'regional' | 'line'
    child: number
    parent: number
    from: string
    to: string | null
  }>`
    select hierarchy, federation_id as child, parent_id as parent, valid_from as "from", valid_to as "to" from tenancy.link`.execute(
    owner,
  )
  const { rows: reports } = await sql<PlainReport & { tenantId: number }>`
    select tenant_id as "tenantId", id, version, state, coalesce(figures, '{}') as figures from reporting.report
    where form_id = ${of.id} and period = ${period}`.execute(owner)
  // What a superior accepted is a fact like a report; the oracle adds it up again.
  const { rows: accepted } = await sql<{
    tenantId: number
    by: number
    hierarchy: Hierarchy
    figures: (number | null)[]
    count: number
  }>`
    select a.tenant_id as "tenantId", a.by_tenant_id as by, h.hierarchy, coalesce(s.figures, v.figures) as figures, coalesce(s.accepted_count, 1) as count
    from reporting.acceptance a
    cross join (values ('regional'), ('line')) as h(hierarchy)
    join reporting.report_version v on v.report_id = a.report_id and v.version = a.version and v.figures is not null
    left join reporting.accepted_total s on s.acceptance_id = a.id and s.hierarchy = h.hierarchy
    where a.form_id = ${of.id} and a.period = ${period} and a.ended_at is null`.execute(owner)
  const { rows: heads } = await sql<{ levels: string[] }>`
    select filler_levels as levels from indicators.form where id = ${of.id}`.execute(owner)
  return {
    fillers: heads[0]?.levels ?? [],
    summed: of.items.map((item) => item.additivity === 'sum'),
    bodies: bodies.map((body) => ({ ...body, key: key(body.id) })),
    links: links.map((link) => ({ ...link, child: key(link.child), parent: key(link.parent) })),
    reports: new Map(
      reports.map((report) => [`${key(report.tenantId)} ${period}`, { ...report, inexact: new Set<number>() }]),
    ),
    acceptances: new Map(
      accepted
        .filter((row) => row.hierarchy === 'regional')
        .map(({ tenantId, by }) => {
          const partOf = (hierarchy: Hierarchy): Accepted => {
            const row = accepted.find((one) => one.tenantId === tenantId && one.hierarchy === hierarchy)
            return { figures: row?.figures ?? [], inexact: new Set(), count: row?.count ?? 0, bodies: new Set() }
          }
          return [
            `${key(tenantId)} ${period}`,
            { by: key(by), parts: { regional: partOf('regional'), line: partOf('line') } },
          ]
        }),
    ),
  }
}

/** What differs once nothing is left to do; empty when all is well. */
async function findDrift(all: Deps): Promise<unknown[]> {
  for (;;) {
    const { marks, moves } = await readBacklog(all)
    if (marks + moves === 0) break
    await drainDirty(all)
  }
  const { differences } = await verifyTotals(all, { formId: form.id })
  const world = await readWorld(form)
  const beside: unknown[] = []
  for (const hierarchy of hierarchies) {
    const totals = await withTenant(all, systemActor('test', root), (ctx) =>
      readTotals(ctx, { formId: form.id, periods: [period], hierarchy, bodies: world.bodies.map((body) => body.id) }),
    )
    for (const body of world.bodies) {
      const plain = computePlainly(world, body.key, period, hierarchy)
      const found = totals.find((total) => total.tenantId === body.id)
      const same = found && {
        ...plain,
        ...Object.fromEntries(Object.keys(plain).map((name) => [name, Reflect.get(found, name)])),
      }
      if (JSON.stringify(same) !== JSON.stringify(plain)) beside.push({ body: body.id, hierarchy, plain, found })
    }
  }
  return [...differences, ...beside]
}

type Scene = { begin: () => Promise<void>; names: readonly string[]; tasks: readonly Task[] }

async function tryOut(
  scene: Scene,
  legs: readonly Leg[],
  choose?: (ready: readonly number[]) => number,
): Promise<{ outcome: Outcome; faults: unknown[] }> {
  await scene.begin()
  const outcome = await stage.run(scene.tasks, legs, choose)
  const faults = [...outcome.errors.filter((error) => error !== undefined), ...(await findDrift(deps))]
  return { outcome, faults }
}

const show = (scene: Scene, legs: readonly Leg[]) =>
  legs.map((leg) => `${scene.names[leg.task]}${leg.steps === undefined ? '' : ` ${leg.steps}`}`).join(', ')

/** One task stopped after each of its statements, while others run one after the other as far as they can. */
async function interrupt(scene: Scene, victim: string, others: readonly string[], stride = 1): Promise<string[]> {
  const place = (name: string) => scene.names.indexOf(name)
  const { outcome, faults } = await tryOut(scene, [{ task: place(victim) }])
  expect(faults).toEqual([])
  const failed: string[] = []
  for (let steps = 1; steps < (outcome.steps[place(victim)] ?? 0); steps += stride) {
    const legs = [{ task: place(victim), steps }, ...[...others, victim].map((name) => ({ task: place(name) }))]
    const { faults: found } = await tryOut(scene, legs)
    const [first] = found
    if (first !== undefined)
      failed.push(`${show(scene, legs)}: ${first instanceof Error ? first.message : JSON.stringify(first)}`)
  }
  return failed
}
// What every scene begins with: two reports handed in, two typed.
const given = await aSubmittedReport(deps, { form, period, tenantId: id('513221102'), figures: [1000, 2] })
const moving = await aDraftReport(deps, { form, period, tenantId: id('513221101'), figures: [100, null] })
const staying = await aDraftReport(deps, { form, period, tenantId: id('513221100'), figures: [10, 4] })
await sql`delete from rollup.regrouped`.execute(owner)
const names = ['move', 'worker', 'second worker', 'submit', 'accept', 'recompute', 'load']
const tasks = [
  move('513221101', '513222'),
  drainDirty,
  drainDirty,
  submit('513221101', moving),
  accept('513221', given),
  recompute,
  load,
]
const first: Scene = { begin: await keep('first'), names, tasks }
await drainDirty(deps)
// In a period that has begun there is something to do for the worker.
await submit('513221100', staying)(deps)
const later: Scene = { begin: await keep('later'), names, tasks }
/** Nobody but these: what others do afterwards could mend what went wrong. */
const only = (scene: Scene, ...some: readonly string[]): Scene => ({
  begin: scene.begin,
  names: some,
  tasks: some.flatMap((name) => scene.tasks[scene.names.indexOf(name)] ?? []),
})

describe.each([
  ['while the first report of a period is counted', first],
  ['in a period that has begun', later],
])('%s', (_when, scene) => {
  test.each([
    ['a move and another worker, at every statement of the worker', ['move', 'second worker'], 'worker', every],
    ['a submission, a move and an acceptance, within the worker', ['submit', 'move', 'accept'], 'worker', 2 * every],
    ['the worker, within a move', ['worker', 'second worker'], 'move', every],
    ['a move and a worker, within a full recomputation', ['move', 'worker'], 'recompute', every],
    ['a load, within a move', ['load', 'worker'], 'move', every],
  ] as const)('%s', async (_what, others, victim, stride) => {
    expect(await interrupt(only(scene, victim, ...others), victim, others, stride)).toEqual([])
  })
})

test.each([
  ['worker', 30],
  ['recompute', 4],
  ['recompute', 10],
  ['load', 3],
])('a move waits for the transaction of a %s at its statement %i', async (name, steps) => {
  const scene = only(first, name, 'move')
  const { outcome, faults } = await tryOut(scene, [{ task: 0, steps }, { task: 1 }])
  expect(outcome.waited).toContain(1)
  expect(faults).toEqual([])
})

/** Numbers below `bound`, always the same for a seed (mulberry32). */
function numbersOf(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
}

const refill: Task = (own) =>
  withTenant(own, systemActor('test', root), (ctx) =>
    ctx.db
      .updateTable('indicators.form')
      .set({ filler_levels: ['township'] })
      .where('id', '=', form.id)
      .execute(),
  )
const crowd = ['move', 'worker', 'second worker', 'submit', 'accept', 'a move above', 'a move in the line', 'refill']
const crowded: Scene = {
  begin: first.begin,
  names: crowd,
  tasks: [...tasks.slice(0, 5), move('513222', '3209'), move('5132JT', '00JT', 'line'), refill],
}

test.each(Array.from({ length: every === 1 ? 60 : 6 }, (_, index) => index + 1))(
  'everything at once, in the order of seed %i',
  async (seed) => {
    const next = numbersOf(seed)
    const { faults } = await tryOut(crowded, [], (ready) => ready[next(ready.length)] ?? 0)
    expect(faults).toEqual([])
  },
)
