import { z } from 'zod'
import { readBacklog, type Backlog } from '@gonglian/rollup'
import {
  DomainError,
  found,
  listSuperiors,
  recordAudit,
  requirePermission,
  type Deps,
  type Permission,
  type TenantContext,
} from '@gonglian/tenancy'
import { router, tenantProcedure } from './procedures.ts'

type QueueView = {
  counts: Awaited<ReturnType<Deps['queue']['countJobs']>>
  failed: Awaited<ReturnType<Deps['queue']['listFailed']>>
  /** Workers that listen now. */
  workers: number
  /** Totals that are out of date. */
  backlog: Backlog
}

const failedShown = 200
const RetryJob = z.object({ id: z.string().min(1).max(200) })

/** One queue serves all bodies, so only the body at the top looks into it: what failed there may name any body. */
async function requireTop(ctx: TenantContext, permission: Permission): Promise<void> {
  requirePermission(ctx, permission)
  const line = await listSuperiors(ctx, ctx.tenantId)
  if (line.length > 1) throw new DomainError('forbidden', 'errors.forbidden', { params: { permission } })
}

/** How many jobs wait, run and failed, what the failed ones said, and how much of the roll-up waits for them. */
async function readQueue(ctx: TenantContext, deps: Deps): Promise<QueueView> {
  await requireTop(ctx, 'queue:read')
  const { queue } = deps
  const [counts, failed, workers, backlog] = await Promise.all([
    queue.countJobs(),
    queue.listFailed(failedShown),
    queue.countWorkers(),
    readBacklog(deps),
  ])
  return { counts, failed, workers, backlog }
}

/** Tries a failed job once more. */
async function retryJob(ctx: TenantContext, queue: Deps['queue'], input: z.output<typeof RetryJob>): Promise<void> {
  await requireTop(ctx, 'queue:retry')
  found((await queue.retryJob(input.id)) || null)
  await recordAudit(ctx, { action: 'queue.retry', objectKind: 'job', objectId: input.id })
}

export const queue = router({
  readQueue: tenantProcedure.query(({ ctx }) => readQueue(ctx.tenant, ctx.deps)),
  retryJob: tenantProcedure.input(RetryJob).mutation(({ ctx, input }) => retryJob(ctx.tenant, ctx.deps.queue, input)),
})
