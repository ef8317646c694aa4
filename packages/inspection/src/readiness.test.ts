import { createDatabase } from '@gonglian/db'
import { openQueue } from '@gonglian/jobs'
import { hasRedisServer, startOwnRedis } from '@gonglian/jobs/testing'
import { startWorker } from '@gonglian/jobs/worker'
import { markDirty } from '@gonglian/rollup'
import { aForm } from '@gonglian/indicators/testing'
import { moveFederation, systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { layLine } from '@gonglian/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createReadiness, readinessBoundMs, type Readiness } from './readiness.ts'

let house: TestDeps
let tree: Map<string, number>
beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())

/** Readiness as the web reads it, by a line to the database that can be held, with the queue where it is said to be. */
async function open(redisUrl?: string) {
  const line = await layLine(house.appUrl)
  const { db, pool } = createDatabase(line.url, 2, { boundMs: readinessBoundMs })
  const queue = openQueue({ databaseUrl: line.url, redisUrl })
  onTestFinished(async () => {
    line.pass()
    await queue.close()
    await pool.end()
    await line.close()
  })
  return { line, read: createReadiness({ ...house.deps, db, queue }) }
}

function work(redisUrl?: string): void {
  const worker = startWorker({
    address: { databaseUrl: house.appUrl, redisUrl },
    deps: null,
    handlers: [],
    onFailure: () => undefined,
  })
  onTestFinished(() => worker.close())
}

/** Far above two seconds, far below what waits for a server to come back. */
async function inTime(work: Promise<Readiness>): Promise<Readiness | 'waiting'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'waiting'>((resolve) => {
    timer = setTimeout(() => resolve('waiting'), 10_000)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

async function until(read: () => Promise<Readiness>, isReady: (readiness: Readiness) => boolean): Promise<void> {
  while (!isReady(await read())) await new Promise((resolve) => setTimeout(resolve, 50))
}

const allThere = ({ parts }: Readiness) => Object.values(parts).every((part) => part.ok)
const missing = (readiness: Readiness | 'waiting') =>
  readiness === 'waiting'
    ? readiness
    : Object.entries(readiness.parts).flatMap(([name, part]) => (part.ok ? [] : [name]))

test('counts marks, moves and changed records, and says how old the oldest is', async () => {
  const { read } = await open()
  const none = { marks: 0, moves: 0, feeds: 0, oldestSeconds: null }
  // The tree itself was noted when it was made.
  await withTenant(house.deps, systemActor('test', 0), (ctx) => ctx.db.deleteFrom('rollup.regrouped').execute())
  expect((await read()).backlog).toEqual(none)
  const root = systemActor('test', idOf(tree, '00'))
  await withTenant(house.deps, root, (ctx) =>
    moveFederation(ctx, {
      federationId: idOf(tree, '513222100'),
      parentId: idOf(tree, '513221'),
      hierarchy: 'regional',
      from: '2026-11-20',
      reason: '区划调整',
    }),
  )
  house.setNow('2026-11-21T12:01:00+08:00')
  expect((await read()).backlog).toEqual({ ...none, moves: 2, oldestSeconds: 60 })
  const form = await aForm(house.deps, idOf(tree, '00'))
  await withTenant(house.deps, root, (ctx) =>
    markDirty(ctx, { formId: form.id, period: '2026-Q3', tenantId: idOf(tree, '513221100') }),
  )
  expect((await read()).backlog).toMatchObject({ marks: 1, moves: 2, oldestSeconds: 60 })
})

test('with a silent database answers in time and names what is missing, and is ready again by itself', async () => {
  const { line, read } = await open()
  work()
  await until(read, allThere)
  line.hold()
  for (const question of [read(), read(), read()]) expect(missing(await inTime(question))).toContain('database')
  expect(await inTime(read())).toMatchObject({ backlog: null })
  line.pass()
  await until(read, allThere)
  line.cut()
  expect(missing(await inTime(read()))).toContain('database')
  line.mend()
  await until(read, allThere)
})

// The clock of the timers is the test's: however slow the machine is, it sees what was asked of them.
test('gives up each part that says nothing before two seconds are over', async () => {
  const { line } = await open()
  const { db, pool } = createDatabase(line.url, 2, { boundMs: readinessBoundMs })
  onTestFinished(() => {
    line.pass()
    return pool.end()
  })
  const silence = () => new Promise<never>(() => undefined)
  const read = createReadiness({
    ...house.deps,
    db,
    queue: { ...house.deps.queue, ping: silence, countWorkers: silence },
  })
  line.hold()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  let answer: Readiness | 'waiting' = 'waiting'
  void read().then((readiness) => (answer = readiness))
  await vi.advanceTimersByTimeAsync(1999)
  expect(missing(answer)).toEqual(['database', 'queue', 'worker'])
})

test('without a worker says so', async () => {
  const { read } = await open()
  expect(missing(await read())).toEqual(['worker'])
})

describe.skipIf(!hasRedisServer)('with the queue in Redis', () => {
  test('names it while it is killed or silent, and is ready again by itself', async () => {
    const redis = await startOwnRedis()
    onTestFinished(() => redis.close())
    const { read } = await open(redis.url)
    work(redis.url)
    await until(read, allThere)
    for (const [lose, restore] of [
      [() => redis.pause(), () => redis.resume()],
      [() => redis.stop(), () => redis.start()],
    ] satisfies [() => Promise<void>, () => Promise<void>][]) {
      await lose()
      expect(missing(await inTime(read()))).toEqual(['queue', 'worker'])
      await restore()
      await until(read, allThere)
    }
    await redis.flush()
    await until(read, allThere)
  })
})
