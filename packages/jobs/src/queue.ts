import { Queue, createPostgresBackend, runMigrations, withBackend } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Job } from './job.ts'

/** One queue carries all jobs; their number is small and their order does not matter. */
export const queueName = 'gonglian'
export const queueSchema = 'bullmq'

/** Where the queue lives: in PostgreSQL, or in Redis/Valkey when there is an address for it. */
export type QueueAddress = { databaseUrl: string; redisUrl?: string | undefined }

export type FailedJob = { id: string; name: string; reason: string; attempts: number; failedAt: number | null }
export type QueueCounts = { waiting: number; active: number; delayed: number; failed: number; completed: number }

export type JobQueue = {
  /** Puts a job into the queue. `key`: while one with the same key waits, another is not added. */
  send<P>(job: Job<P>, payload: P, options?: { key?: string; delayMs?: number }): Promise<void>
  /** Sends the job again and again; replaces an earlier schedule of the same name. */
  schedule<P>(job: Job<P>, payload: P, everyMs: number): Promise<void>
  countJobs(): Promise<QueueCounts>
  listFailed(limit: number): Promise<FailedJob[]>
  /** Tries a failed job once more. False when it is no longer there. */
  retryJob(id: string): Promise<boolean>
  /** Workers that listen now, in whatever process. */
  countWorkers(): Promise<number>
  ping(): Promise<void>
  close(): Promise<void>
}

const settings = {
  defaultJobOptions: {
    removeOnComplete: { count: 100 },
    removeOnFail: { count: 1000 },
    backoff: { type: 'exponential', delay: 500 },
  },
}

/** BullMQ's own requirement: a blocking connection must never give up. */
export function connectRedis(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: null })
}

/**
 * Creates BullMQ's tables and lets the plain application role use them.
 *
 * @param ownerUrl may create a schema
 */
export async function migrateQueue(ownerUrl: string, plainRole: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await runMigrations(client, queueSchema)
    // Makes the sequence that numbers the jobs of our queue: the plain role may not create one when it first sends.
    await client.query(`select ${queueSchema}.next_job_id($1)`, [queueName])
    await client.query(`
      grant usage on schema ${queueSchema} to ${plainRole};
      grant select, insert, update, delete on all tables in schema ${queueSchema} to ${plainRole};
      grant usage on all sequences in schema ${queueSchema} to ${plainRole};
      grant execute on all routines in schema ${queueSchema} to ${plainRole};`)
  } finally {
    await client.end()
  }
}

/** Opens the queue for sending and looking. Jobs are done by `startWorker`. */
export function openQueue(address: QueueAddress): JobQueue {
  if (address.redisUrl) {
    const redis = connectRedis(address.redisUrl)
    // A server restart is bridged by reconnecting; without a listener the first error would end the process.
    redis.on('error', () => undefined)
    const queue = new Queue(queueName, { connection: redis, ...settings })
    queue.on('error', () => undefined)
    return wrapQueue(queue, () => redis.disconnect())
  }
  const { Queue: PostgresQueue } = withBackend(createPostgresBackend)
  const connection = { connectionString: address.databaseUrl, schema: queueSchema, max: 2 }
  const queue = new PostgresQueue(queueName, { connection, ...settings })
  queue.on('error', () => undefined)
  return wrapQueue(queue, () => undefined)
}

type BullQueue = Pick<
  Queue,
  | 'add'
  | 'upsertJobScheduler'
  | 'getJobCounts'
  | 'getFailed'
  | 'getJob'
  | 'getWorkersCount'
  | 'close'
  | 'waitUntilReady'
>

function wrapQueue(queue: BullQueue, disconnect: () => void): JobQueue {
  return {
    async send(job, payload, options = {}) {
      await queue.add(job.name, job.schema.parse(payload), {
        attempts: job.attempts,
        ...(options.key === undefined ? {} : { deduplication: { id: options.key, keepLastIfActive: true } }),
        ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
      })
    },
    async schedule(job, payload, everyMs) {
      await queue.upsertJobScheduler(job.name, { every: everyMs }, { name: job.name, data: job.schema.parse(payload) })
    },
    async countJobs() {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'completed')
      const of = (state: string) => counts[state] ?? 0
      return {
        waiting: of('waiting'),
        active: of('active'),
        delayed: of('delayed'),
        failed: of('failed'),
        completed: of('completed'),
      }
    },
    async listFailed(limit) {
      const jobs = await queue.getFailed(0, limit - 1)
      return jobs.map((job) => ({
        id: job.id ?? '',
        name: job.name,
        reason: job.failedReason,
        attempts: job.attemptsMade,
        failedAt: job.finishedOn ?? null,
      }))
    },
    async retryJob(id) {
      const job = await queue.getJob(id)
      if (!job) return false
      await job.retry('failed')
      return true
    },
    countWorkers() {
      return queue.getWorkersCount()
    },
    async ping() {
      await queue.waitUntilReady()
      await queue.getJobCounts('waiting')
    },
    async close() {
      await queue.close()
      disconnect()
    },
  }
}
