import { approvalSweeps } from '@gonglian/approvals/jobs'
import { listPeople } from '@gonglian/auth/people'
import { createDatabase } from '@gonglian/db'
import { allApprovals, tasks } from '@gonglian/domains'
import { feeds } from '@gonglian/domains/feeds'
import { domainJobs, domainSweeps } from '@gonglian/domains/jobs'
import { openFileKeeper } from '@gonglian/files'
import { fileSweeps } from '@gonglian/files/jobs'
import { feedJobs, feedSweep } from '@gonglian/indicators/jobs'
import { openQueue } from '@gonglian/jobs'
import { startSweeps } from '@gonglian/jobs/sweeps'
import { startWorker } from '@gonglian/jobs/worker'
import { rollupAudit, rollupJobs, rollupSweep } from '@gonglian/rollup/jobs'
import { digestSweep, openMailer } from '@gonglian/tasks/jobs'
import {
  auditHeadsSweep,
  DomainError,
  keepKeysFresh,
  listRoots,
  openAuditFiles,
  openVault,
  type Deps,
} from '@gonglian/tenancy'
import { registerMessages, translateUnknown } from '@gonglian/ui/messages'
import { messages as english } from '@gonglian/domains/texts/en'
import { messages as chinese } from '@gonglian/domains/texts/zh-CN'
import { readEnv } from './env.ts'

const env = readEnv()
const levels = ['error', 'warn', 'info', 'debug'] as const

/** JSON lines: names of jobs and errors, never payloads. */
function log(level: (typeof levels)[number], message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  if (levels.indexOf(level) > levels.indexOf(env.logLevel)) return
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`)
}

registerMessages('zh-CN', chinese)
registerMessages('en', english)
const { databaseUrl } = env
const address = { databaseUrl, redisUrl: env.redisUrl }
const { db, pool } = createDatabase(databaseUrl, 6)
const queue = openQueue(address)
// Without its database a worker ends here, and who supervises it starts it again; later it waits by itself.
await pool.query('select 1')
const deps: Deps = {
  db,
  queue,
  clock: () => new Date(),
  vault: openVault(env.secret),
  onLostEffect: (error) => log('warn', 'a wake-up was not sent', { error: String(error) }),
}

const stopKeys = await keepKeysFresh(deps, (error) =>
  log('warn', 'the data keys were not read', { error: String(error) }),
)

// Every job of every package; two with one name, or one without a body, end the process here and not in the night.
const worker = startWorker({
  address,
  deps,
  handlers: [...rollupJobs, ...domainJobs, ...feedJobs(feeds)],
  concurrency: 2,
  permanent: (error) => error instanceof DomainError && (error.code === 'not_found' || error.code === 'invalid'),
  onFailure: (job, error) => log('error', 'job failed', { job, error: error.stack ?? String(error) }),
})
// What a kind of file allows is asked where one is stored and opened; here they are all alike.
const keeper = openFileKeeper(env.files, [])
// Figures are computed without the key too; `gonglian doctor` fails in production where heads are not signed.
const auditSweeps = env.audit ? [auditHeadsSweep(await openAuditFiles(env.audit))] : []
if (!env.audit)
  log('warn', 'the heads of audit trails are not signed: GONGLIAN_AUDIT_KEY and GONGLIAN_AUDIT_DIR are not set')
const { from, mail, address: productAddress, allowed } = env.digests
const mailer = mail === undefined ? null : openMailer(mail)
if (mailer === null) log('info', 'no e-mail is sent: GONGLIAN_SMTP_URL and GONGLIAN_MAIL_FROM are not set')
const digests = digestSweep({
  tasks,
  listPeople,
  listRoots,
  from,
  mailer,
  allowed,
  address: productAddress,
  word: translateUnknown,
})
const sweeps = startSweeps({
  databaseUrl,
  deps,
  sweeps: [
    rollupSweep,
    rollupAudit,
    feedSweep(feeds),
    ...domainSweeps,
    ...fileSweeps(keeper),
    ...approvalSweeps(allApprovals),
    ...auditSweeps,
    digests,
  ],
  onFailure: (sweep, error) =>
    log('error', 'sweep failed', { sweep, error: error instanceof Error ? error.stack : String(error) }),
})
queue
  .removeSchedules()
  .catch((error: unknown) => log('warn', 'old schedules were not removed', { error: String(error) }))
log('info', 'working', { queue: env.redisUrl ? 'redis' : 'postgresql' })

let closing = false
/** A job in hand is finished first; what it left is in the database anyway. */
async function close(signal: string): Promise<void> {
  if (closing) return
  closing = true
  log('info', 'closing', { signal })
  stopKeys()
  await Promise.all([worker.close(), sweeps.close()])
  mailer?.close()
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
