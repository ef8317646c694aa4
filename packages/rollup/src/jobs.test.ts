import { sql } from 'kysely'
import { createDatabase } from '@gonglian/db'
import { aForm } from '@gonglian/indicators/testing'
import { openQueue, type JobQueue, type QueueAddress } from '@gonglian/jobs'
import { redisUrl } from '@gonglian/jobs/testing'
import { startWorker, type RunningWorker } from '@gonglian/jobs/worker'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { aSmallTree, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { RollupWake, readBacklog, verifyTotals } from './index.ts'
import { rollupJobs, rollupSweep } from './jobs.ts'
import { putReports, readTotal } from './testing.ts'

// The same tests on both queues; on Redis only where there is one. Its numbered database keeps this queue apart from those of other
// packages' tests, whose workers know nothing of our jobs.
const ownRedis = redisUrl === undefined ? {} : { redisUrl: new URL('/7', redisUrl).href }
const queues = redisUrl === undefined ? ['PostgreSQL'] : ['PostgreSQL', 'Redis']

describe.each(queues)('with the queue in %s', (kind) => {
  let house: TestDeps
  let deps: Deps
  let address: QueueAddress
  let queue: JobQueue
  let tree: Map<string, number>
  let workers: RunningWorker[] = []
  const failures: string[] = []
  let made = 0

  beforeAll(async () => {
    house = await openTestDeps()
    address = { databaseUrl: house.appUrl, ...(kind === 'Redis' ? ownRedis : {}) }
    queue = openQueue(address, { boundMs: 30_000 })
    deps = { ...house.deps, queue }
    tree = await aSmallTree(deps)
  })
  afterEach(async () => {
    await stopAll()
    expect(failures.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await queue.close()
    await house.close()
  })

  const id = (code: string) => idOf(tree, code)
  const start = () => {
    const worker = startWorker({
      address,
      deps,
      handlers: rollupJobs,
      onFailure: (job, error) => failures.push(`${job} ${error.message}`),
    })
    workers.push(worker)
    return worker
  }
  const stopAll = async () => {
    await Promise.all(workers.map((worker) => worker.close()))
    workers = []
  }
  /** Until nothing is marked; the test's own time limit ends what never comes. */
  const untilDone = async () => {
    while ((await readBacklog(deps)).marks > 0) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(await verifyTotals(deps)).toMatchObject({ waiting: 0, differences: [] })
  }
  const aMonthly = () => aForm(deps, id('00'), { code: `${kind.toLowerCase()}-${made++}`, items: 2 })
  const townships = ['513221100', '513221101', '513221102', '513222100', '320924100']

  test('a report reaches the nation by the wake-up its transaction sent', async () => {
    const form = await aMonthly()
    start()
    await putReports(deps, id('00'), form, '2026-Q3', [{ tenantId: id('513221100'), figures: [3, null] }])
    await untilDone()
    expect((await readTotal(deps, id('00'), form, { period: '2026-Q3', tenantId: id('00') })).reported).toEqual([
      3,
      null,
    ])
  })

  test('a burst of reports from everywhere, on two workers', async () => {
    const form = await aMonthly()
    start()
    start()
    const rounds = Array.from({ length: 6 }, (_, round) => townships.map((code) => ({ code, value: round + 1 })))
    for (const round of rounds) {
      await Promise.all(
        round.map(({ code, value }) =>
          putReports(deps, id('00'), form, '2026-Q3', [{ tenantId: id(code), figures: [value, 1] }]),
        ),
      )
    }
    await untilDone()
    expect((await readTotal(deps, id('00'), form, { period: '2026-Q3', tenantId: id('00') })).reported).toEqual([30, 5])
  })

  test('wake-ups that are lost: the sweep finds the marks', async () => {
    const form = await aMonthly()
    const deaf: Deps = { ...deps, queue: { ...queue, send: () => Promise.resolve() } }
    await putReports(deaf, id('00'), form, '2026-Q3', [{ tenantId: id('513221100'), figures: [3, 4] }])
    start()
    expect((await readBacklog(deps)).marks).toBeGreaterThan(0)
    await rollupSweep.run(deps)
    await untilDone()
  })

  test('wake-ups that are doubled, early or about nothing', async () => {
    const form = await aMonthly()
    start()
    start()
    await Promise.all(Array.from({ length: 5 }, () => queue.send(RollupWake, {})))
    await Promise.all([
      putReports(deps, id('00'), form, '2026-Q3', [{ tenantId: id('513221100'), figures: [3, 4] }]),
      ...Array.from({ length: 5 }, () => queue.send(RollupWake, {})),
    ])
    await untilDone()
    await queue.send(RollupWake, {})
  })

  test('a worker whose connections are cut in the middle of it leaves nothing half done', async () => {
    const form = await aMonthly()
    const { db: owner, pool } = createDatabase(house.ownerUrl, 1)
    // The second level waits here, inside its transaction, until the connection is cut.
    await sql
      .raw(
        `
      create table if not exists public.gate (open boolean);
      create or replace function public.wait_at_gate() returns trigger language plpgsql security definer as $$
        begin if new.tenant_id = ${id('5132')} and new.reported[1] = 7 then perform pg_advisory_xact_lock(4711); end if; return new; end $$;
      create or replace trigger gate before insert or update on rollup.total for each row execute function public.wait_at_gate();
      select pg_advisory_lock(4711)`,
      )
      .execute(owner)
    start()
    await putReports(deps, id('00'), form, '2026-Q3', [{ tenantId: id('513221100'), figures: [7, 4] }])
    const findWaiting = () =>
      sql<{
        pid: number
      }>`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'`.execute(
        owner,
      )
    let waiting = await findWaiting()
    while (waiting.rows.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      waiting = await findWaiting()
    }
    await sql`select pg_terminate_backend(pid) from unnest(${waiting.rows.map((row) => row.pid)}::int[]) as w(pid)`.execute(
      owner,
    )
    await sql.raw('select pg_advisory_unlock(4711); drop trigger gate on rollup.total').execute(owner)
    await rollupSweep.run(deps)
    await untilDone()
    expect((await readTotal(deps, id('00'), form, { period: '2026-Q3', tenantId: id('00') })).reported).toEqual([7, 4])
    expect(failures.splice(0).join()).toContain('rollup.wake')
    await pool.end()
  })

  test('a rollback sends nothing and marks nothing', async () => {
    const form = await aMonthly()
    const before = await queue.countJobs()
    const failing = withTenant(deps, systemActor('test', id('00')), async (ctx) => {
      await sql`insert into rollup.dirty (form_id, period, tenant_id) values (${form.id}, '2026-Q3', ${id('51')})`.execute(
        ctx.db,
      )
      ctx.enqueue(RollupWake, {})
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await queue.countJobs()).toEqual(before)
    expect((await readBacklog(deps)).marks).toBe(0)
  })
})
