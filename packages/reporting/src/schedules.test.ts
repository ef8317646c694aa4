import { sql } from 'kysely'
import { createDatabase } from '@gonglian/db'
import { drainDirty, recomputeAll } from '@gonglian/rollup'
import { moveFederation, systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { acceptReport, importReports, submitReport } from './index.ts'
import { every, numbersOf, openScenes, type Scene } from './tests/scenes.ts'
import { openStage, type Leg, type Task } from './schedules.ts'
import { aDraftReport, aForm, aSubmittedReport } from './testing.ts'

// P2, P3 under concurrency: moves, the worker, submissions and acceptances, preempted after every statement. Whatever the order, once the
// marks are worked off no total differs: neither for `verify` nor for the plain oracle.

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

const { keep, tryOut } = await openScenes(deps, { owner, stage, root, form, period })

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
