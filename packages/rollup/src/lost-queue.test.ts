import { aForm } from '@gonglian/indicators/testing'
import { openQueue, type JobQueue } from '@gonglian/jobs'
import { startSweeps } from '@gonglian/jobs/sweeps'
import { hasRedisServer, startOwnRedis, type OwnRedis } from '@gonglian/jobs/testing'
import { startWorker } from '@gonglian/jobs/worker'
import { moveFederation, systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { aSmallTree, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { readBacklog, verifyTotals } from './index.ts'
import { rollupJobs, rollupSweep } from './jobs.ts'
import { putReports, readTotal } from './testing.ts'

describe.skipIf(!hasRedisServer)('with the queue in a Redis that is lost', () => {
  let house: TestDeps
  let redis: OwnRedis
  let queue: JobQueue
  let deps: Deps
  let tree: Map<string, number>
  let lost: unknown[] = []
  const id = (code: string) => idOf(tree, code)

  beforeAll(async () => {
    house = await openTestDeps()
    redis = await startOwnRedis()
    queue = openQueue({ databaseUrl: house.appUrl, redisUrl: redis.url })
    deps = { ...house.deps, queue, onLostEffect: (error) => lost.push(error) }
    tree = await aSmallTree(deps)
  })
  afterAll(async () => {
    await queue.close()
    await redis.close()
    await house.close()
  })

  /** A worker as its process runs it. */
  function work(): void {
    const onFailure = () => undefined
    const address = { databaseUrl: house.appUrl, redisUrl: redis.url }
    const worker = startWorker({ address, deps, handlers: rollupJobs, onFailure })
    const sweeps = startSweeps({
      databaseUrl: house.appUrl,
      deps,
      sweeps: [{ ...rollupSweep, everyMs: 200 }],
      onFailure,
    })
    onTestFinished(async () => {
      await Promise.all([worker.close(), sweeps.close()])
    })
  }
  const untilDone = async () => {
    for (;;) {
      const { marks, moves } = await readBacklog(deps)
      if (marks + moves === 0) break
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    expect(await verifyTotals(deps)).toMatchObject({ waiting: 0, differences: [] })
  }

  test('a move is applied and a report summed after everything in it was forgotten', async () => {
    const form = await aForm(deps, id('00'), { code: 'flushed', items: 1 })
    work()
    await putReports(deps, id('00'), form, '2026-11', [{ tenantId: id('513222100'), figures: [3] }])
    await untilDone()
    await redis.flush()
    const deaf: Deps = { ...deps, queue: { ...queue, send: () => Promise.resolve() } }
    await withTenant(deaf, systemActor('test', id('00')), (ctx) =>
      moveFederation(ctx, {
        federationId: id('513222100'),
        parentId: id('513221'),
        hierarchy: 'regional',
        from: '2026-11-20',
        reason: '区划调整',
      }),
    )
    await untilDone()
    const of = (code: string) => readTotal(deps, id('00'), form, { period: '2026-11', tenantId: id(code) })
    expect((await of('513221')).reported).toEqual([3])
    await redis.flush()
    await putReports(deaf, id('00'), form, '2026-11', [{ tenantId: id('513221100'), figures: [4] }])
    await untilDone()
    expect((await of('00')).reported).toEqual([7])
  })

  test.each([
    ['killed', () => redis.stop(), () => redis.start()],
    ['paused', () => redis.pause(), () => redis.resume()],
  ] satisfies [string, () => Promise<void>, () => Promise<void>][])(
    'while it is %s a report is taken at once, the loss is told, and the sum is right',
    async (how, lose, restore) => {
      const form = await aForm(deps, id('00'), { code: `while-${how}`, items: 1 })
      work()
      await queue.ping()
      lost = []
      await lose()
      onTestFinished(async () => {
        await restore()
      })
      const bodies = ['513221100', '513221101', '513221102', '320924100']
      // Each would wait for the server to come back, which it does only after this test.
      await Promise.all(
        bodies.map((code) => putReports(deps, id('00'), form, '2026-11', [{ tenantId: id(code), figures: [1] }])),
      )
      expect(lost).toHaveLength(bodies.length)
      await untilDone()
      const nation = await readTotal(deps, id('00'), form, { period: '2026-11', tenantId: id('00') })
      expect(nation.reported).toEqual([bodies.length])
    },
  )
})
