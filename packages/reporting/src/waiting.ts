import { sql } from 'kysely'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { readFaults } from './versions.ts'

export type SentBackReport = {
  readonly reportId: number
  readonly formId: number
  readonly period: string
  readonly state: 'returned' | 'correcting'
  /** Why: what is wrong with the first cell named, or why it was opened again. */
  readonly reason: string
  /** Cells named. */
  readonly faults: number
  readonly since: Date | null
}

/** Own reports of whatever period that the superior has given back: returned, or opened for correction. Longest waiting first. */
export async function listSentBack(ctx: TenantContext): Promise<SentBackReport[]> {
  requirePermission(ctx, 'report:read')
  const rows = await ctx.db
    .selectFrom('reporting.report')
    .select(['id', 'form_id', 'period', 'state', 'faults', 'correction_reason', 'decided_at'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('state', 'in', ['returned', 'correcting'])
    .orderBy('decided_at')
    .execute()
  return rows.map((row) => {
    const faults = readFaults(row.faults)
    const state = row.state === 'returned' ? 'returned' : 'correcting'
    return {
      reportId: row.id,
      formId: row.form_id,
      period: row.period,
      state,
      reason: (state === 'returned' ? faults[0]?.reason : row.correction_reason) ?? '',
      faults: state === 'returned' ? faults.length : 0,
      since: row.decided_at,
    }
  })
}

export type QueueCount = {
  readonly formId: number
  readonly period: string
  /** Submitted and not yet decided about. */
  readonly submitted: number
  /** Accepted, and asked to be opened again. */
  readonly corrections: number
  readonly oldest: Date | null
}

/**
 * What waits in the review queue, counted by form and period. `offset 0` makes it start from the children (a few dozen), each looked up by
 * tenant_id: for the nation 28 ms instead of 210, where the planner would read every report in sight.
 */
export async function countReviewQueue(ctx: TenantContext): Promise<QueueCount[]> {
  requirePermission(ctx, 'report:read')
  const { rows } = await sql<QueueCount>`
    select r.form_id as "formId", r.period, (count(*) filter (where r.state = 'submitted'))::int as submitted,
      (count(*) filter (where r.state = 'accepted'))::int as corrections, min(r.submitted_at) as oldest
    from tenancy.link l
    cross join lateral (select * from reporting.report one where one.tenant_id = l.federation_id offset 0) r
    where l.parent_id = ${ctx.tenantId} and l.hierarchy = 'regional' and l.valid_to is null
      and (r.state = 'submitted' or r.state = 'accepted' and r.correction_reason is not null)
    group by r.form_id, r.period order by oldest`.execute(ctx.db)
  return rows
}

export type SlowReviewer = {
  readonly bodyId: number
  readonly code: string
  readonly name: string
  /** Reports that were handed in to it and that it has not decided about. */
  readonly waiting: number
  readonly oldest: Date
}

/**
 * Bodies directly below that hold up a form and period: what was handed in to them before a moment still waits for their decision. The
 * longest waiting first.
 *
 * Children, their children, then each one's report by its key: 373 look-ups for the nation.
 */
export async function listSlowReviewers(
  ctx: TenantContext,
  { formId, period, before }: { readonly formId: number; readonly period: string; readonly before: Date },
): Promise<SlowReviewer[]> {
  requirePermission(ctx, 'report:read')
  const { rows } = await sql<SlowReviewer>`
    select f.id as "bodyId", f.code, f.name, count(*)::int as waiting, min(r.submitted_at) as oldest
    from tenancy.link l
    join tenancy.federation f on f.id = l.federation_id
    join tenancy.link below on below.parent_id = l.federation_id and below.hierarchy = 'regional' and below.valid_to is null
    cross join lateral (
      select one.submitted_at from reporting.report one
      where one.form_id = ${formId} and one.period = ${period} and one.tenant_id = below.federation_id
        and one.state = 'submitted' and one.submitted_at < ${before}
      offset 0) r
    where l.parent_id = ${ctx.tenantId} and l.hierarchy = 'regional' and l.valid_to is null
    group by f.id, f.code, f.name order by oldest, f.code`.execute(ctx.db)
  return rows
}
