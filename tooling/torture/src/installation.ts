import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createDatabase, loginUrl, plainRole, type Database } from '@gonglian/db'
import { migrateDatabase } from '@gonglian/db/migrate'
import { migrateQueue, openQueue } from '@gonglian/jobs'
import { startOwnRedis, type OwnRedis } from '@gonglian/jobs/testing'
import { startBreakablePostgres, type BreakablePostgres } from '@gonglian/postgres'
import { findFreePort } from '@gonglian/processes/port'
import { readBacklog } from '@gonglian/rollup'
import { openVault, shanghaiDay, type Deps } from '@gonglian/tenancy'
import { plantCountry, type Country } from './country.ts'
import { runProgram, supervise, type Supervised } from './programs.ts'

const secret = 'secret of a tortured installation, which nobody keeps'

export type Installation = {
  readonly url: string
  readonly country: Country
  readonly postgres: BreakablePostgres
  readonly redis: OwnRedis
  readonly web: Supervised
  readonly worker: Supervised
  /** For looking and planting, beside the web. */
  readonly deps: Deps
  readonly owner: Database
  /** Folder of the logs. */
  readonly folder: string
  /** Whether all parts answer, within the bound. */
  waitUntilReady(boundMs: number): Promise<boolean>
  /** Whether the worker has nothing left to do, within the bound. */
  waitUntilIdle(boundMs: number): Promise<boolean>
  /** Runs a command of the operator: its exit code and what it said. */
  runCli(...words: string[]): Promise<{ code: number; said: string }>
  close(options?: { keepLogs?: boolean }): Promise<void>
}

/** A whole installation of its own: PostgreSQL, Redis, web and worker, with a small country in it. */
export async function openInstallation(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'gonglian-torture-'))
  const undo: (() => Promise<unknown>)[] = []
  const close: Installation['close'] = async ({ keepLogs = false } = {}) => {
    for (const step of undo.toReversed()) await step()
    if (!keepLogs) rmSync(folder, { recursive: true, force: true })
  }
  try {
    // The time of each commit is what puts the acknowledged changes in order.
    const postgres = await startBreakablePostgres(['track_commit_timestamp=on'])
    undo.push(() => postgres.close())
    const redis = await startOwnRedis()
    undo.push(async () => {
      await redis.resume()
      await redis.close()
    })
    await migrateDatabase({ databaseUrl: postgres.url, secret })
    await migrateQueue(postgres.url, plainRole)
    const ownUrl = loginUrl(postgres.url, secret, 'worker')
    const own = createDatabase(ownUrl, 3)
    undo.push(() => own.pool.end())
    const owner = createDatabase(postgres.url, 1)
    undo.push(() => owner.pool.end())
    const queue = openQueue({ databaseUrl: ownUrl, redisUrl: redis.url })
    undo.push(() => queue.close())
    const deps: Deps = {
      db: own.db,
      queue,
      clock: () => new Date(),
      vault: openVault(secret),
      onLostEffect: () => undefined,
    }
    const country = await plantCountry(deps, shanghaiDay(new Date()))

    const port = await findFreePort()
    const url = `http://127.0.0.1:${port}`
    const env = {
      ...process.env,
      NODE_ENV: 'development',
      GONGLIAN_SECRET: secret,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'warn',
      ...prepareAudit(folder),
    }
    const logFile = (name: string) => join(folder, `${name}.log`)
    const web = supervise({
      app: 'web',
      parameters: ['server.ts'],
      logFile: logFile('web'),
      env: {
        ...env,
        HOST: '127.0.0.1',
        PORT: String(port),
        REQUESTS_PER_MINUTE: '100000',
        DATABASE_URL: loginUrl(postgres.url, secret, 'web'),
      },
    })
    undo.push(() => web.stop())
    const worker = supervise({
      app: 'worker',
      parameters: ['src/main.ts'],
      logFile: logFile('worker'),
      env: { ...env, DATABASE_URL: ownUrl },
    })
    undo.push(() => worker.stop())
    let said = 0
    const runCli: Installation['runCli'] = async (...words) => {
      const file = logFile(`cli-${(said += 1)}`)
      const code = await runProgram({
        app: 'cli',
        parameters: ['src/main.ts', ...words],
        logFile: file,
        env: { ...env, DATABASE_URL: postgres.url },
      })
      return { code, said: readFileSync(file, 'utf8').trim() }
    }
    const waitUntilReady = (boundMs: number) => waitUntil(boundMs, () => isReady(url))
    const waitUntilIdle = (boundMs: number) =>
      waitUntil(boundMs, async () => {
        const { marks, moves } = await readBacklog(deps)
        return marks + moves === 0
      })
    if (!(await waitUntilReady(180_000))) throw new Error(`the installation did not become ready:\n${readLogs(folder)}`)
    return {
      url,
      country,
      postgres,
      redis,
      web,
      worker,
      deps,
      owner: owner.db,
      folder,
      waitUntilReady,
      waitUntilIdle,
      runCli,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function prepareAudit(folder: string): { GONGLIAN_AUDIT_KEY: string; GONGLIAN_AUDIT_DIR: string } {
  const keyFile = join(folder, 'audit-key.pem')
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  const heads = join(folder, 'audit-heads')
  mkdirSync(heads)
  return { GONGLIAN_AUDIT_KEY: keyFile, GONGLIAN_AUDIT_DIR: heads }
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })
  await answer.arrayBuffer()
  return answer.ok
}

/** Asks again and again; an error is a no. */
async function waitUntil(boundMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + boundMs
  while (Date.now() < end) {
    if (await holds().catch(() => false)) return true
    await wait(100)
  }
  return false
}

/** The last lines of web and worker. */
export function readLogs(folder: string): string {
  return ['web', 'worker']
    .map(
      (name) =>
        `${name}:\n${readFileSync(join(folder, `${name}.log`), 'utf8')
          .split('\n')
          .slice(-20)
          .join('\n')}`,
    )
    .join('\n')
}
