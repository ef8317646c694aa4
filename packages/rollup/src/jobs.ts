import { handleJob, type JobHandler, type Sweep } from '@gonglian/jobs'
import type { Deps } from '@gonglian/tenancy'
import { RollupWake } from './dirty.ts'
import { drainDirty } from './drain.ts'

export const rollupJobs: JobHandler<Deps>[] = [handleJob(RollupWake, drainDirty)]

/**
 * Looks every few seconds for what a lost wake-up left behind, moves of bodies too. It does the work itself instead of sending another wake-up:
 * one whose worker died keeps its place in the queue, and with it the key, until the queue notices.
 */
export const rollupSweep: Sweep<Deps> = { name: 'rollup', everyMs: 5000, run: drainDirty }
