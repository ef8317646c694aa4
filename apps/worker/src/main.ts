import { appDatabaseUrl, createDatabase } from '@gonglian/db'
import { FeedSweep, feedJobs, feedSweepEveryMs } from '@gonglian/indicators/jobs'
import { openQueue } from '@gonglian/jobs'
import { startWorker } from '@gonglian/jobs/worker'
import {
  BallotMix,
  ImportSweep,
  TransferSweep,
  ballotMixEveryMs,
  importSweepEveryMs,
  organisationFeeds,
  organisationJobs,
  transferSweepEveryMs,
} from '@gonglian/organisation/jobs'
import { RollupSweep, rollupJobs, sweepEveryMs } from '@gonglian/rollup/jobs'
import { DomainError, openVault, type Deps } from '@gonglian/tenancy'
import { readEnv } from './env.ts'

const env = readEnv()
const levels = ['error', 'warn', 'info', 'debug'] as const

/** JSON lines: names of jobs and errors, never payloads. */
function log(level: (typeof levels)[number], message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  if (levels.indexOf(level) > levels.indexOf(env.logLevel)) return
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`)
}

const databaseUrl = appDatabaseUrl(env.databaseUrl, env.secret)
const address = { databaseUrl, redisUrl: env.redisUrl }
const { db, pool } = createDatabase(databaseUrl, 6)
const queue = openQueue(address)
const deps: Deps = {
  db,
  queue,
  clock: () => new Date(),
  vault: openVault(env.secret),
  onLostEffect: (error) => log('warn', 'a wake-up was not sent', { error: String(error) }),
}

// Every job of every package; two with one name, or one without a body, end the process here and not in the night.
const worker = startWorker({
  address,
  deps,
  handlers: [...rollupJobs, ...organisationJobs, ...feedJobs(organisationFeeds)],
  concurrency: 2,
  permanent: (error) => error instanceof DomainError && (error.code === 'not_found' || error.code === 'invalid'),
  onFailure: (job, error) => log('error', 'job failed', { job, error: error.stack ?? String(error) }),
})
await queue.schedule(RollupSweep, {}, sweepEveryMs)
await queue.schedule(FeedSweep, {}, feedSweepEveryMs)
await queue.schedule(TransferSweep, {}, transferSweepEveryMs)
await queue.schedule(ImportSweep, {}, importSweepEveryMs)
await queue.schedule(BallotMix, {}, ballotMixEveryMs)
log('info', 'working', { queue: env.redisUrl ? 'redis' : 'postgresql' })

let closing = false
/** A job in hand is finished first; what it left is in the database anyway. */
async function close(signal: string): Promise<void> {
  if (closing) return
  closing = true
  log('info', 'closing', { signal })
  await worker.close()
  await queue.close()
  await pool.end()
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    close(signal).catch((error: unknown) => {
      log('error', 'closing failed', { error: String(error) })
      process.exitCode = 1
    })
  })
}
