import { defineJob, handleJob, type JobHandler } from '@gonglian/jobs'
import type { Deps } from '@gonglian/tenancy'
import { z } from 'zod'
import { RollupSweep, RollupWake } from './dirty.ts'
import { drainDirty } from './drain.ts'
import { auditSample } from './repair.ts'

export { RollupSweep, sweepEveryMs } from './dirty.ts'

/** Verifies and repairs a few form periods, the longest unseen first. Sent every hour; works at night only. */
export const RollupAudit = defineJob({ name: 'rollup.audit', schema: z.object({}), attempts: 1 })
export const auditEveryMs = 3_600_000

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
 * The sweep does the work itself instead of sending another wake-up: one whose worker died keeps its place in the queue, and with
 * it the key, until the queue notices.
 */
export const rollupJobs: JobHandler<Deps>[] = [
  handleJob(RollupWake, drainDirty),
  handleJob(RollupSweep, drainDirty),
  handleJob(RollupAudit, auditAtNight),
]
