import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { hasRedisServer, startOwnRedis } from '@gonglian/jobs/testing'
import { openQueue } from '@gonglian/jobs'
import { markDirty, readBacklog, type Backlog } from '@gonglian/rollup'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { aForm } from '@gonglian/indicators/testing'
import { aSmallTree, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { createDatabase } from '@gonglian/db'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
}

const isEmpty = ({ marks, moves }: Backlog) => marks + moves === 0

describe.each(['PostgreSQL', ...(hasRedisServer ? ['Redis'] : [])])('a worker process with its queue in %s', (kind) => {
  test('goes on when the queue forgets everything, is away, and when the database cuts every connection', async () => {
    const house = await openTestDeps()
    onTestFinished(() => house.close())
    const redis = kind === 'Redis' ? await startOwnRedis() : null
    onTestFinished(() => redis?.close())
    // Its wake-ups are all lost.
    const deps: Deps = { ...house.deps, queue: { ...house.deps.queue, send: () => Promise.resolve() } }
    const tree = await aSmallTree(deps)
    const form = await aForm(deps, idOf(tree, '00'))
    const mark = () =>
      withTenant(deps, systemActor('test', idOf(tree, '00')), (ctx) =>
        markDirty(ctx, { formId: form.id, period: '2026-Q3', tenantId: idOf(tree, '513221100') }),
      )
    const worker = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('main.ts', import.meta.url))], {
      env: {
        DATABASE_URL: house.ownerUrl,
        GONGLIAN_SECRET: house.secret,
        LOG_LEVEL: 'error',
        ...(redis === null ? {} : { REDIS_URL: redis.url }),
      },
      stdio: 'ignore',
    })
    onTestFinished(async () => {
      worker.kill('SIGKILL')
      if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit')
    })
    const untilDone = () => until(async () => isEmpty(await readBacklog(deps)))
    const queue = openQueue({ databaseUrl: house.appUrl, redisUrl: redis?.url })
    onTestFinished(() => queue.close())
    await until(async () => (await queue.countWorkers().catch(() => 0)) > 0)

    await redis?.flush()
    await mark()
    await untilDone()
    await redis?.stop()
    await mark()
    await untilDone()
    await redis?.start()

    const { db: owner, pool } = createDatabase(house.ownerUrl, 1)
    onTestFinished(() => pool.end())
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
      owner,
    )
    await until(() =>
      mark().then(
        () => true,
        () => false,
      ),
    )
    await untilDone()
    await until(async () => (await queue.countWorkers().catch(() => 0)) > 0)
    expect(worker.exitCode).toBeNull()

    // Readiness counts lines to the queue that are open: one that is killed is no worker any more.
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    await until(async () => (await queue.countWorkers()) === 0)
  })
})
