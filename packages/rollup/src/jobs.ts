import { handleJob, type JobHandler, type Sweep } from '@gonglian/jobs'
import type { Deps } from '@gonglian/tenancy'
import { RollupWake } from './dirty.ts'
import { drainDirty } from './drain.ts'
import { auditSample } from './repair.ts'

export const rollupJobs: JobHandler<Deps>[] = [handleJob(RollupWake, drainDirty)]

/** The hours of Shanghai in which few people work. */
const nightHours: readonly number[] = [1, 2, 3, 4]

function isNight(now: Date): boolean {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' })
  return nightHours.includes(Number(hour.format(now)))
}

/** @throws when anything is still different afterwards: the failed job tells the operator */
async function auditAtNight(deps: Deps): Promise<void> {
  if (!isNight(deps.clock())) return
  const { verdict } = await auditSample(deps)
  if (verdict.differences.length > 0)
    throw new Error(`${verdict.differences.length} totals differ and could not be repaired`)
}

/**
 * Looks every few seconds for what a lost wake-up left behind, moves of bodies too. It does the work itself instead of sending another wake-up:
 * one whose worker died keeps its place in the queue, and with it the key, until the queue notices.
 */
export const rollupSweep: Sweep<Deps> = { name: 'rollup', everyMs: 5000, run: drainDirty }

/** Verifies and repairs a few form periods, the longest unseen first; works at night only. */
export const rollupAudit: Sweep<Deps> = { name: 'rollup.audit', everyMs: 3_600_000, run: auditAtNight }
