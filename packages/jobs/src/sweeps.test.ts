import { createTestDatabase, type TestDatabase } from '@gonglian/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startSweeps, type Sweep } from './sweeps.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}

function start(run: Sweep<null>['run'], onFailure: (sweep: string, error: unknown) => void = () => undefined) {
  const sweeps = startSweeps({
    databaseUrl: database.appUrl,
    deps: null,
    sweeps: [{ name: 'test', everyMs: 10, run }],
    onFailure,
  })
  onTestFinished(() => sweeps.close())
  return sweeps
}

async function cutAll(): Promise<void> {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'gonglian sweeps'",
  )
  await owner.end()
}

test('a sweep runs again and again, also after it failed', async () => {
  let runs = 0
  const failures: string[] = []
  start(
    () => (++runs % 2 === 0 ? Promise.reject(new Error('not today')) : Promise.resolve()),
    (sweep, error) => failures.push(`${sweep} ${String(error)}`),
  )
  await until(() => runs >= 5)
  expect(failures.slice(0, 2)).toEqual(['test Error: not today', 'test Error: not today'])
})

test('of three processes one runs it at a time, and another goes on when that one is gone', async () => {
  let running = 0
  let most = 0
  const runs = [0, 0, 0]
  const work = (own: number) => async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 20))
    running -= 1
    runs[own] = (runs[own] ?? 0) + 1
  }
  const all = [0, 1, 2].map((own) => start(work(own)))
  await until(() => runs.reduce((sum, count) => sum + count, 0) >= 10)
  expect(most).toBe(1)
  await all[0]?.close()
  await all[1]?.close()
  const before = runs[2] ?? 0
  await until(() => (runs[2] ?? 0) > before)
})

test('sweeps whose connections are cut go on', async () => {
  let runs = 0
  start(() => {
    runs += 1
    return new Promise((resolve) => setTimeout(resolve, 20))
  })
  await until(() => runs > 0)
  await cutAll()
  const before = runs
  await until(() => runs > before + 2)
})

test('closing waits for the run in hand and begins no other', async () => {
  let finished = 0
  let begun = 0
  const sweeps = start(async () => {
    begun += 1
    await new Promise((resolve) => setTimeout(resolve, 30))
    finished += 1
  })
  await until(() => begun > 0)
  await sweeps.close()
  expect(finished).toBe(begun)
})
