import { UnrecoverableError, Worker, createPostgresBackend, withBackend } from 'bullmq'
import { ZodError } from 'zod'
import type { JobHandler } from './job.ts'
import { Redis } from 'ioredis'
import { queueName, queueSchema, type QueueAddress } from './queue.ts'

/** How long a job in hand may go on after the worker was told to close; what it leaves is in the database. */
const graceMs = 10_000

export type RunningWorker = { close(): Promise<void>; isRunning(): boolean }

/**
 * Takes jobs from the queue until closed. Two handlers for one name, or a job nobody handles, is an error at once:
 * better at start-up than in the night.
 *
 * @param options.permanent says of an error that trying again would not help
 */
export function startWorker<D>(options: {
  address: QueueAddress
  deps: D
  handlers: readonly JobHandler<D>[]
  concurrency?: number
  permanent?: (error: unknown) => boolean
  onFailure: (job: string, error: Error) => void
}): RunningWorker {
  const byName = new Map<string, JobHandler<D>>()
  for (const handler of options.handlers) {
    if (byName.has(handler.name)) throw new Error(`two handlers for the job ${handler.name}`)
    byName.set(handler.name, handler)
  }
  const work = async (job: { name: string; data: unknown }): Promise<void> => {
    const handler = byName.get(job.name)
    if (!handler) throw new UnrecoverableError(`no handler for the job ${job.name}`)
    try {
      await handler.run(options.deps, job.data)
    } catch (error) {
      if (error instanceof ZodError || options.permanent?.(error)) {
        throw new UnrecoverableError(error instanceof Error ? error.message : String(error))
      }
      throw error
    }
  }
  const concurrency = options.concurrency ?? 2
  const failed = (job: { name: string } | undefined, error: Error) => options.onFailure(job?.name ?? '', error)
  const broken = (error: Error) => options.onFailure('', error)
  if (options.address.redisUrl) {
    // BullMQ's own requirement: a blocking connection must never give up.
    const redis = new Redis(options.address.redisUrl, { maxRetriesPerRequest: null })
    redis.on('error', broken)
    const worker = new Worker(queueName, work, { connection: redis, concurrency })
    worker.on('failed', failed)
    worker.on('error', broken)
    return {
      isRunning: () => worker.isRunning(),
      close: async () => {
        // A server that is silent does not answer the farewell either.
        await Promise.race([worker.close(), new Promise((resolve) => setTimeout(resolve, graceMs).unref())])
        redis.disconnect()
      },
    }
  }
  const { Worker: PostgresWorker } = withBackend(createPostgresBackend)
  const connection = { connectionString: options.address.databaseUrl, schema: queueSchema, max: concurrency + 2 }
  const worker = new PostgresWorker(queueName, work, { connection, concurrency })
  worker.on('failed', failed)
  worker.on('error', broken)
  return { isRunning: () => worker.isRunning(), close: () => worker.close() }
}
