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
  /**
   * Puts a job into the queue, or fails within the bound. `key`: while one with the same key waits, another is not added. A queue that was
   * reached before and is away now refuses at once.
   */
  send<P>(job: Job<P>, payload: P, options?: { key?: string; delayMs?: number }): Promise<void>
  /** Removes what earlier versions had the queue send again and again; the sweeps run in the workers now (sweeps.ts). */
  removeSchedules(): Promise<void>
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

/** How long sending or asking may take; what is not there by then counts as away. */
export const queueBoundMs = 1000

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

/**
 * Opens the queue for sending and looking. Jobs are done by `startWorker`. Everything asked of it ends within the bound, also while the
 * server is away, stopped or silent, and leaves nothing behind that waits.
 *
 * @param options.boundMs how long each may take
 */
export function openQueue(address: QueueAddress, options: { boundMs?: number } = {}): JobQueue {
  const boundMs = options.boundMs ?? queueBoundMs
  return wrapQueue(
    address.redisUrl ? reachRedis(address.redisUrl) : reachPostgres(address.databaseUrl, boundMs),
    boundMs,
  )
}

type BullQueue = Pick<
  Queue,
  | 'add'
  | 'getJobSchedulers'
  | 'removeJobScheduler'
  | 'getJobCounts'
  | 'getFailed'
  | 'getJob'
  | 'getWorkersCount'
  | 'close'
  | 'waitUntilReady'
>

/** The way to one server: when it can be asked, and what to do when it does not answer. */
type Reach = {
  untilReady(boundMs: number): Promise<void>
  open(): BullQueue & { on(name: 'error', listener: () => void): unknown }
  /** Gives up what was asked and was not answered. */
  cut(): void
  close(): void
}

function reachRedis(url: string): Reach {
  // Nothing waits for a server that is away: what was asked before it went fails, what is asked meanwhile is refused.
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    connectTimeout: 5000,
    retryStrategy: (times) => Math.min(100 * times, 1000),
  })
  let wasReady = false
  // Without a listener the first error would end the process.
  redis.on('error', () => undefined)
  redis.on('ready', () => {
    wasReady = true
  })
  return {
    untilReady: (boundMs) => {
      if (redis.status === 'ready') return Promise.resolve()
      if (wasReady) return Promise.reject(new QueueAway())
      return new Promise((resolve, reject) => {
        const settle = (done: () => void) => {
          clearTimeout(timer)
          redis.off('ready', ready)
          done()
        }
        const ready = () => settle(resolve)
        const timer = setTimeout(() => settle(() => reject(new QueueAway())), boundMs)
        redis.on('ready', ready)
      })
    },
    open: () => new Queue(queueName, { connection: redis, ...settings }),
    cut: () => redis.disconnect(true),
    close: () => redis.disconnect(),
  }
}

function reachPostgres(databaseUrl: string, boundMs: number): Reach {
  const { Queue: PostgresQueue } = withBackend(createPostgresBackend)
  // The driver itself gives up, so that a server that is silent does not keep the connections.
  const limits = { connectionTimeoutMillis: boundMs, query_timeout: boundMs }
  const connection = { connectionString: databaseUrl, schema: queueSchema, max: 2, ...limits }
  return {
    untilReady: () => Promise.resolve(),
    open: () => new PostgresQueue(queueName, { connection, ...settings }),
    cut: () => undefined,
    close: () => undefined,
  }
}

/** The queue cannot be reached at this moment. */
class QueueAway extends Error {
  constructor() {
    super('the queue does not answer')
    this.name = 'QueueAway'
  }
}

function wrapQueue(reach: Reach, boundMs: number): JobQueue {
  let current: BullQueue | undefined
  /** BullMQ remembers for ever that its first connection failed, so such a queue is thrown away. */
  const ready = async (): Promise<BullQueue> => {
    const queue = (current ??= listen(reach.open()))
    try {
      await queue.waitUntilReady()
      return queue
    } catch (error) {
      if (current === queue) current = undefined
      queue.close().catch(() => undefined)
      throw error
    }
  }
  const ask = async <T>(work: (queue: BullQueue) => Promise<T>): Promise<T> => {
    await reach.untilReady(boundMs)
    let timer: NodeJS.Timeout | undefined
    const bound = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reach.cut()
        reject(new QueueAway())
      }, boundMs)
    })
    try {
      return await Promise.race([ready().then(work), bound])
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    async send(job, payload, options = {}) {
      const data = job.schema.parse(payload)
      await ask((queue) =>
        queue.add(job.name, data, {
          attempts: job.attempts,
          ...(options.key === undefined ? {} : { deduplication: { id: options.key, keepLastIfActive: true } }),
          ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
        }),
      )
    },
    removeSchedules: () =>
      ask(async (queue) => {
        for (const { key } of await queue.getJobSchedulers()) await queue.removeJobScheduler(key)
      }),
    async countJobs() {
      const counts = await ask((queue) => queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'completed'))
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
      const jobs = await ask((queue) => queue.getFailed(0, limit - 1))
      return jobs.map((job) => ({
        id: job.id ?? '',
        name: job.name,
        reason: job.failedReason,
        attempts: job.attemptsMade,
        failedAt: job.finishedOn ?? null,
      }))
    },
    retryJob: (id) =>
      ask(async (queue) => {
        const job = await queue.getJob(id)
        if (!job) return false
        await job.retry('failed')
        return true
      }),
    countWorkers: () => ask((queue) => queue.getWorkersCount()),
    async ping() {
      await ask((queue) => queue.getJobCounts('waiting'))
    },
    async close() {
      // Whoever closes while the server is silent does not wait for it.
      const closing = current?.close().catch(() => undefined)
      await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, boundMs).unref())])
      reach.close()
    },
  }
}

function listen<Q extends BullQueue & { on(name: 'error', listener: () => void): unknown }>(queue: Q): Q {
  // What fails is told by what was asked; without a listener the event would end the process.
  queue.on('error', () => undefined)
  return queue
}
