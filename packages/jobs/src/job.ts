import type { z } from 'zod'

/** What can be asked of the worker: a name, and the shape of what it is told. Defined in the noun file that sends it. */
export type Job<P> = {
  readonly name: string
  readonly schema: z.ZodType<P>
  /** How often it is tried before it counts as failed. */
  readonly attempts: number
}

export function defineJob<P>(definition: { name: string; schema: z.ZodType<P>; attempts?: number }): Job<P> {
  return { attempts: 5, ...definition }
}

/** A job and what is done about it; `D` is what the worker hands to every handler (database, queue, log). */
export type JobHandler<D> = {
  readonly name: string
  run(deps: D, data: unknown): Promise<void>
}

/** Pairs a job with its body. The payload is parsed again on arrival: it may have been sent by an older version. */
export function handleJob<P, D>(job: Job<P>, body: (deps: D, payload: P) => Promise<void>): JobHandler<D> {
  return { name: job.name, run: async (deps, data) => body(deps, job.schema.parse(data)) }
}
