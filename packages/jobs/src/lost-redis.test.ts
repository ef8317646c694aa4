import { createTestDatabase, type TestDatabase } from '@gonglian/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { defineJob, handleJob } from './job.ts'
import { openQueue, type JobQueue } from './queue.ts'
import { hasRedisServer, startOwnRedis, type OwnRedis } from './testing.ts'
import { startWorker } from './worker.ts'

const Add = defineJob({ name: 'test.add', schema: z.object({ amount: z.number() }) })

/** Far above the bound, far below what a client that waits for its server takes. */
const inTime = 5000

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 25))
}

/** What became of it, or that it was still waiting. */
async function settle(work: Promise<unknown>): Promise<'done' | 'refused' | 'waiting'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'waiting'>((resolve) => {
    timer = setTimeout(() => resolve('waiting'), inTime)
  })
  const outcome = work.then(
    () => 'done' as const,
    () => 'refused' as const,
  )
  return Promise.race([outcome, late]).finally(() => clearTimeout(timer))
}

describe.skipIf(!hasRedisServer)('a queue in Redis that', () => {
  let database: TestDatabase
  let redis: OwnRedis
  let queue: JobQueue
  beforeAll(async () => {
    database = await createTestDatabase()
    redis = await startOwnRedis()
    queue = openQueue({ databaseUrl: database.appUrl, redisUrl: redis.url })
  })
  afterAll(async () => {
    await queue.close()
    await redis.close()
    await database.drop()
  })

  const ways: [string, () => Promise<void>, () => Promise<void>][] = [
    ['is killed', () => redis.stop(), () => redis.start()],
    ['is paused', () => redis.pause(), () => redis.resume()],
  ]

  test.each(ways)('%s refuses within the bound and is used again when it is back', async (_, lose, restore) => {
    await queue.send(Add, { amount: 1 })
    await lose()
    const asked = [
      ...Array.from({ length: 50 }, () => queue.send(Add, { amount: 1 })),
      ...[queue.ping(), queue.countWorkers(), queue.countJobs(), queue.listFailed(1)],
    ]
    expect(new Set(await Promise.all(asked.map(settle)))).toEqual(new Set(['refused']))
    await restore()
    await until(() =>
      queue.ping().then(
        () => true,
        () => false,
      ),
    )
    await queue.send(Add, { amount: 1 })
  })

  test('is away when it is opened refuses, and is used when it comes', async () => {
    await redis.stop()
    const early = openQueue({ databaseUrl: database.appUrl, redisUrl: redis.url })
    onTestFinished(() => early.close())
    expect(await settle(early.send(Add, { amount: 1 }))).toBe('refused')
    await redis.start()
    await until(() =>
      early.send(Add, { amount: 1 }).then(
        () => true,
        () => false,
      ),
    )
  })

  test('is lost with all it holds goes on with what is sent then, its worker too', async () => {
    const done: number[] = []
    const worker = startWorker({
      address: { databaseUrl: database.appUrl, redisUrl: redis.url },
      deps: done,
      handlers: [handleJob(Add, (sums: number[], { amount }) => Promise.resolve(void sums.push(amount)))],
      onFailure: () => undefined,
    })
    onTestFinished(() => worker.close())
    await until(async () => (await queue.countWorkers()) > 0)
    for (const [amount, lose] of [
      [7, () => redis.flush()],
      [8, () => redis.stop().then(() => redis.start())],
    ] satisfies [number, () => Promise<void>][]) {
      await lose()
      await until(async () => (await queue.countWorkers().catch(() => 0)) > 0)
      await queue.send(Add, { amount }, { key: 'add' })
      await until(() => done.includes(amount))
    }
  })

  test('is silent when the process ends does not keep it', async () => {
    const leaving = openQueue({ databaseUrl: database.appUrl, redisUrl: redis.url })
    await leaving.ping()
    await redis.pause()
    onTestFinished(() => redis.resume())
    expect(await settle(leaving.close())).toBe('done')
  })
})

describe('a queue in PostgreSQL', () => {
  test('that is away when it is opened refuses, and is used when it comes', async () => {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    const { migrateQueue } = await import('./queue.ts')
    const queue = openQueue({ databaseUrl: database.appUrl })
    onTestFinished(() => queue.close())
    // Its tables are not there yet, which BullMQ would remember for ever.
    expect(await settle(queue.send(Add, { amount: 1 }))).toBe('refused')
    await migrateQueue(database.ownerUrl, 'gonglian_plain')
    await queue.send(Add, { amount: 1 })
  })
})
