import { createTestDatabase } from '@gonglian/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { defineJob, handleJob, type JobHandler } from './job.ts'
import { openQueue, type JobQueue, type QueueAddress } from './queue.ts'
import { startWorker } from './worker.ts'
import { redisUrl } from './testing.ts'

const Add = defineJob({ name: 'test.add', schema: z.object({ amount: z.number() }), attempts: 2 })
const Fail = defineJob({ name: 'test.fail', schema: z.object({}), attempts: 2 })

class Hopeless extends Error {}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 400; round++) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('it did not come to pass')
}

const backends: [string, boolean][] = [
  ['PostgreSQL', true],
  ...(redisUrl === undefined ? [] : ([['Redis', false]] satisfies [string, boolean][])),
]

describe.each(backends)('the queue in %s', (_, inPostgres) => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let address: QueueAddress
  let queue: JobQueue

  beforeAll(async () => {
    database = await createTestDatabase()
    if (inPostgres) {
      const { migrateQueue } = await import('./queue.ts')
      await migrateQueue(database.ownerUrl, 'gonglian_plain')
    }
    address = { databaseUrl: database.appUrl, redisUrl: inPostgres ? undefined : redisUrl }
    queue = openQueue(address, { boundMs: 30_000 })
  })
  afterAll(async () => {
    await queue.close()
    await database.drop()
  })

  function work(handlers: JobHandler<number[]>[], failures: string[] = []): number[] {
    const done: number[] = []
    const worker = startWorker({
      address,
      deps: done,
      handlers,
      permanent: (error) => error instanceof Hopeless,
      onFailure: (job) => failures.push(job),
    })
    onTestFinished(() => worker.close())
    return done
  }

  test('what is sent is done, with the payload as it was parsed', async () => {
    const done = work([handleJob(Add, (sums: number[], { amount }) => Promise.resolve(void sums.push(amount)))])
    await queue.send(Add, { amount: 7 })
    await queue.send(Add, { amount: 8 })
    await until(() => done.length === 2)
    expect(done.toSorted()).toEqual([7, 8])
    expect(await queue.countWorkers()).toBeGreaterThan(0)
  })

  test('while one with a key waits, another is not added', async () => {
    for (let time = 0; time < 5; time++) await queue.send(Add, { amount: 1 }, { key: 'once' })
    expect((await queue.countJobs()).waiting).toBe(1)
    const done = work([handleJob(Add, (sums: number[], { amount }) => Promise.resolve(void sums.push(amount)))])
    await until(() => done.length > 0)
    await until(async () => (await queue.countJobs()).waiting === 0)
    expect(done).toEqual([1])
  })

  test('a payload of the wrong shape is refused before it is sent', async () => {
    await expect(queue.send(Add, { amount: Number.NaN })).rejects.toThrow()
    expect((await queue.countJobs()).waiting).toBe(0)
  })

  test('what fails is tried again as often as it says, is listed with its reason, and can be retried', async () => {
    const failures: string[] = []
    let tries = 0
    let healed = false
    work(
      [
        handleJob(Fail, () => {
          tries += 1
          return healed ? Promise.resolve() : Promise.reject(new Error('not today'))
        }),
      ],
      failures,
    )
    await queue.send(Fail, {})
    await until(async () => (await queue.listFailed(10)).length === 1)
    expect(tries).toBe(2)
    const [failed] = await queue.listFailed(10)
    expect(failed).toMatchObject({ name: 'test.fail', reason: 'not today' })
    healed = true
    expect(await queue.retryJob(failed?.id ?? '')).toBe(true)
    await until(async () => (await queue.listFailed(10)).length === 0)
    expect(await queue.retryJob('nobody')).toBe(false)
  })

  test('what cannot succeed is tried once', async () => {
    let tries = 0
    work([
      handleJob(Fail, () => {
        tries += 1
        return Promise.reject(new Hopeless('never'))
      }),
    ])
    await queue.send(Fail, {})
    await until(async () => (await queue.listFailed(10)).some((job) => job.reason === 'never'))
    expect(tries).toBe(1)
  })

  test('two handlers for one job end the process at its start', () => {
    const twice = handleJob(Add, () => Promise.resolve())
    expect(() => startWorker({ address, deps: null, handlers: [twice, twice], onFailure: () => undefined })).toThrow(
      'two handlers',
    )
  })
})
