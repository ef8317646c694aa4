import { handleJob, type JobHandler } from '@gonglian/jobs'
import type { Deps } from '@gonglian/tenancy'
import { RollupSweep, RollupWake } from './dirty.ts'
import { drainDirty } from './drain.ts'

export { RollupSweep, sweepEveryMs } from './dirty.ts'

/**
 * The sweep does the work itself instead of sending another wake-up: one whose worker died keeps its place in the queue, and with
 * it the key, until the queue notices.
 */
export const rollupJobs: JobHandler<Deps>[] = [handleJob(RollupWake, drainDirty), handleJob(RollupSweep, drainDirty)]
