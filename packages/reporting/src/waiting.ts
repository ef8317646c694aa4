import { sql } from 'kysely'
import { changedReports, isChanged } from '@gonglian/rollup'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { grandchildrenOf, isReviewed, reviewed, reviewedBodies } from './children.ts'
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
  /** Accepted, and changed below since: to be accepted again. */
  readonly changed: number
  readonly oldest: Date | null
}

/**
 * What waits in the review queue, counted by form and period. Reads the children's reports by report_tenant; whose report it was in its period is
 * asked only of those that wait, which the planner would do first for all of them.
 */
export async function countReviewQueue(ctx: TenantContext): Promise<QueueCount[]> {
  requirePermission(ctx, 'report:read')
  const { rows } = await sql<QueueCount>`
    with recursive ${reviewed(ctx)}, ${changedReports(reviewedBodies)}
    select r.form_id as "formId", r.period, (count(*) filter (where r.state = 'submitted'))::int as submitted,
      (count(*) filter (where r.state = 'accepted' and r.correction_reason is not null))::int as corrections,
      (count(*) filter (where ${isChanged('r')}))::int as changed, min(r.submitted_at) as oldest
    from reporting.report r join reviewed v on ${isReviewed}
    where r.tenant_id = any (${reviewedBodies})
      and (r.state = 'submitted' or r.state = 'accepted' and r.correction_reason is not null or ${isChanged('r')})
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

type SlowPlace = { readonly formId: number; readonly period: string }

/**
 * Bodies directly below that hold up one of the forms and periods: what was handed in to them before a moment still waits for their decision. The
 * longest waiting first.
 *
 * The reports of the children's children (346 for the nation) by their keys.
 */
export async function listSlowReviewers(
  ctx: TenantContext,
  { places, before }: { readonly places: readonly SlowPlace[]; readonly before: Date },
): Promise<(SlowReviewer & SlowPlace)[]> {
  requirePermission(ctx, 'report:read')
  if (places.length === 0) return []
  const { rows } = await sql<SlowReviewer & SlowPlace>`
    select r.form_id as "formId", r.period, f.id as "bodyId", f.code, f.name, count(*)::int as waiting, min(r.submitted_at) as oldest
    from reporting.report r
    join tenancy.link below on below.federation_id = r.tenant_id and below.hierarchy = 'regional' and below.valid_to is null
    join tenancy.federation f on f.id = below.parent_id
    where r.form_id = any (${places.map((place) => place.formId)}::int[]) and r.period = any (${places.map((place) => place.period)}::text[])
      and r.state = 'submitted' and r.submitted_at < ${before}
      and r.tenant_id = any (${grandchildrenOf(ctx)})
    group by r.form_id, r.period, f.id, f.code, f.name order by oldest, f.code`.execute(ctx.db)
  return rows.filter((row) => places.some((place) => place.formId === row.formId && place.period === row.period))
}
