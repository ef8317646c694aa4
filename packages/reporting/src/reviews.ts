import { getFormById } from '@gonglian/indicators'
import { markDirty } from '@gonglian/rollup'
import {
  DomainError,
  actorName,
  found,
  recordAudit,
  requirePermission,
  type FieldError,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { ReportId, Version, lockReport, type ReportRow } from './reports.ts'
import { refuseMeanwhile, type ReportState } from './states.ts'
import { recordVersion } from './versions.ts'

const Reason = z.string().trim().min(2).max(300)

export const ReturnReport = z.object({
  reportId: ReportId,
  version: Version,
  faults: z
    .array(z.object({ position: z.int().min(1).max(4000), reason: Reason }))
    .min(1, 'errors.faultsMissing')
    .max(4000),
})
export const AcceptReport = z.object({ reportId: ReportId, version: Version })
export const AcceptReports = z.object({ reports: z.array(AcceptReport).min(1).max(500) })

/**
 * A report of a direct subordinate, locked for a decision about it, with the superior's own report of that form and period locked
 * against a decision from above.
 *
 * @throws DomainError not_found for any report but a direct subordinate's
 * @throws DomainError conflict errors.subtreeFrozen while the superior's own report is accepted
 */
export async function lockForDecision(ctx: TenantContext, reportId: number): Promise<ReportRow> {
  const seen = found(
    await ctx.db
      .selectFrom('reporting.report')
      .select(['tenant_id', 'form_id', 'period'])
      .where('id', '=', reportId)
      .executeTakeFirst(),
    'errors.reportNotFound',
  )
  const link = await ctx.db
    .selectFrom('tenancy.link')
    .select('parent_id')
    .where('federation_id', '=', seen.tenant_id)
    .where('hierarchy', '=', 'regional')
    .where('valid_to', 'is', null)
    .executeTakeFirst()
  const superior =
    ctx.actor.kind === 'system' ? link?.parent_id : link?.parent_id === ctx.tenantId ? ctx.tenantId : undefined
  if (superior === undefined) throw new DomainError('not_found', 'errors.reportNotFound')
  // The superior's own row first, the subordinate's second: always from above downwards, so that no two people wait for each other.
  const own = await ctx.db
    .selectFrom('reporting.report')
    .select('state')
    .where('form_id', '=', seen.form_id)
    .where('period', '=', seen.period)
    .where('tenant_id', '=', superior)
    .forShare()
    .executeTakeFirst()
  if (own?.state === 'accepted')
    throw new DomainError('conflict', 'errors.subtreeFrozen', { params: { period: seen.period } })
  return lockReport(ctx, reportId, { own: false })
}

async function decide(
  ctx: TenantContext,
  report: ReportRow,
  decision: { state: 'accepted' | 'returned'; faults: readonly { position: number; reason: string }[] },
): Promise<{ version: number; state: ReportState }> {
  const version = report.version + 1
  await ctx.db
    .updateTable('reporting.report')
    .set({
      state: decision.state,
      version,
      faults: JSON.stringify(decision.faults),
      decided_at: ctx.now,
      decided_by: actorName(ctx.actor),
    })
    .where('id', '=', report.id)
    .execute()
  await recordVersion(ctx, { ...report, version }, { event: decision.state, faults: decision.faults })
  await recordAudit(ctx, {
    action: decision.state === 'accepted' ? 'report.accept' : 'report.return',
    objectKind: 'report',
    objectId: report.id,
    before: { state: report.state, version: report.version },
    after: { state: decision.state, version, cells: decision.faults.map((fault) => fault.position) },
  })
  return { version, state: decision.state }
}

/**
 * Takes a subordinate's report in: its `accepted` total becomes part of the superior's.
 *
 * @throws DomainError conflict errors.subtreeFrozen, or what happened to the report meanwhile (withdrawn, resubmitted, decided by another)
 */
export async function acceptReport(
  ctx: TenantContext,
  input: z.output<typeof AcceptReport>,
): Promise<{ version: number; state: ReportState }> {
  requirePermission(ctx, 'report:review')
  const report = await lockForDecision(ctx, input.reportId)
  await refuseUndecidable(ctx, report, input.version)
  const decided = await decide(ctx, report, { state: 'accepted', faults: [] })
  await markDirty(ctx, { formId: report.form_id, period: report.period, tenantId: report.tenant_id })
  return decided
}

/**
 * Sends a subordinate's report back, naming each faulty cell with a reason; the others stay as they are. It counts nowhere until it is
 * submitted again.
 *
 * @throws DomainError as `acceptReport`; invalid errors.invalid with fields `faults.<n>.position`
 */
export async function returnReport(
  ctx: TenantContext,
  input: z.output<typeof ReturnReport>,
): Promise<{ version: number; state: ReportState }> {
  requirePermission(ctx, 'report:review')
  const report = await lockForDecision(ctx, input.reportId)
  await refuseUndecidable(ctx, report, input.version)
  const form = await getFormById(ctx, report.form_id)
  const positions = new Set(form.items.map((item) => item.position))
  const fields: FieldError[] = input.faults.flatMap((fault, index) => {
    const isTwice = input.faults.findIndex((other) => other.position === fault.position) < index
    const key = isTwice ? 'errors.cellTwice' : positions.has(fault.position) ? null : 'errors.cellUnknown'
    return key === null ? [] : [{ path: `faults.${index}.position`, key, params: { position: fault.position } }]
  })
  if (fields.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields })
  const decided = await decide(ctx, report, { state: 'returned', faults: input.faults })
  await markDirty(ctx, { formId: report.form_id, period: report.period, tenantId: report.tenant_id })
  return decided
}

export type AcceptedReports = {
  accepted: number[]
  skipped: { reportId: number; key: string; params: Record<string, string | number> }[]
}

/** Accepts those that are as they were seen and leave no warning open; says of each other one why not. */
export async function acceptReports(
  ctx: TenantContext,
  input: z.output<typeof AcceptReports>,
): Promise<AcceptedReports> {
  requirePermission(ctx, 'report:review')
  const accepted: ReportRow[] = []
  const skipped: AcceptedReports['skipped'] = []
  const inOrder = [...new Map(input.reports.map((report) => [report.reportId, report])).values()].toSorted(
    (a, b) => a.reportId - b.reportId,
  )
  for (const { reportId, version } of inOrder) {
    try {
      const report = await lockForDecision(ctx, reportId)
      await refuseUndecidable(ctx, report, version)
      if (report.open_warnings > 0)
        throw new DomainError('invalid', 'errors.reportWarningsOpen', { params: { count: report.open_warnings } })
      await decide(ctx, report, { state: 'accepted', faults: [] })
      accepted.push(report)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      skipped.push({ reportId, key: error.key, params: error.params })
    }
  }
  const groups = new Map<string, ReportRow[]>()
  for (const report of accepted) {
    const key = `${report.form_id} ${report.period}`
    groups.set(key, [...(groups.get(key) ?? []), report])
  }
  for (const group of groups.values()) {
    const [first] = group
    if (first)
      await markDirty(ctx, {
        formId: first.form_id,
        period: first.period,
        tenantId: group.map((report) => report.tenant_id),
      })
  }
  return { accepted: accepted.map((report) => report.id), skipped }
}

async function refuseUndecidable(ctx: TenantContext, report: ReportRow, seen: number): Promise<void> {
  if (report.state === 'draft') {
    // Who withdrew need not be who had submitted; the row names only the latter.
    const withdrawal = await ctx.db
      .selectFrom('reporting.report_version')
      .select('actor')
      .where('report_id', '=', report.id)
      .where('event', '=', 'withdrawn')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    throw refuseMeanwhile({ ...report, submitted_by: withdrawal?.actor ?? null })
  }
  if (report.state !== 'submitted') throw refuseMeanwhile(report)
  if (report.version !== seen)
    throw new DomainError('conflict', 'errors.reportResubmitted', { params: { actor: report.submitted_by ?? '' } })
}
