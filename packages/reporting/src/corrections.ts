import { markDirty } from '@gonglian/rollup'
import { DomainError, actorName, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { ReportId, Version, lockReport, refuseStale } from './reports.ts'
import { lockForDecision } from './reviews.ts'
import { refuseMeanwhile, type ReportState } from './states.ts'
import { recordVersion } from './versions.ts'

const Reason = z.string().trim().min(2).max(300)

export const RequestCorrection = z.object({ reportId: ReportId, version: Version, reason: Reason })
export const ReopenReport = z.object({ reportId: ReportId, version: Version, reason: Reason.optional() })
export const RefuseCorrection = z.object({ reportId: ReportId, version: Version, reason: Reason })

type Outcome = { version: number; state: ReportState }

/** The owner of an accepted report asks its superior to open it again. Nothing counts differently until it is submitted anew (PER-05). */
export async function requestCorrection(
  ctx: TenantContext,
  input: z.output<typeof RequestCorrection>,
): Promise<Outcome> {
  requirePermission(ctx, 'report:correct')
  const report = await lockReport(ctx, input.reportId, { own: true })
  if (report.state !== 'accepted') throw refuseMeanwhile(report)
  if (report.correction_reason !== null) throw new DomainError('conflict', 'errors.correctionRequested')
  refuseStale(report, input.version)
  const version = report.version + 1
  await ctx.db
    .updateTable('reporting.report')
    .set({ correction_reason: input.reason, version })
    .where('id', '=', report.id)
    .execute()
  await recordVersion(ctx, { ...report, version }, { event: 'correction_requested', reason: input.reason })
  await recordAudit(ctx, {
    action: 'report.request_correction',
    objectKind: 'report',
    objectId: report.id,
    after: { version, reason: input.reason },
  })
  return { version, state: 'accepted' }
}

/**
 * The superior opens an accepted report for correction, granting a request or on its own account with a reason. The old figures stand
 * until the owner submits; then every level above sees the difference and accepts again. Nothing that was accepted above moves.
 */
export async function reopenReport(ctx: TenantContext, input: z.output<typeof ReopenReport>): Promise<Outcome> {
  requirePermission(ctx, 'report:review')
  const report = await lockForDecision(ctx, input.reportId)
  if (report.state !== 'accepted') throw refuseMeanwhile(report)
  refuseStale(report, input.version)
  const reason = input.reason ?? report.correction_reason
  if (reason === null) {
    throw new DomainError('invalid', 'errors.reasonMissing', {
      fields: [{ path: 'reason', key: 'errors.reasonMissing' }],
    })
  }
  const version = report.version + 1
  await ctx.db
    .updateTable('reporting.report')
    .set({
      state: 'correcting',
      version,
      correction_reason: reason,
      decided_at: ctx.now,
      decided_by: actorName(ctx.actor),
    })
    .where('id', '=', report.id)
    .execute()
  await recordVersion(ctx, { ...report, version }, { event: 'reopened', reason })
  await markDirty(ctx, { formId: report.form_id, period: report.period, tenantId: report.tenant_id })
  await recordAudit(ctx, {
    action: 'report.reopen',
    objectKind: 'report',
    objectId: report.id,
    before: { state: 'accepted', version: report.version },
    after: { state: 'correcting', version, reason },
  })
  return { version, state: 'correcting' }
}

/** The superior leaves the report accepted and says why. */
export async function refuseCorrection(ctx: TenantContext, input: z.output<typeof RefuseCorrection>): Promise<Outcome> {
  requirePermission(ctx, 'report:review')
  const report = await lockForDecision(ctx, input.reportId)
  if (report.state !== 'accepted') throw refuseMeanwhile(report)
  if (report.correction_reason === null) throw new DomainError('conflict', 'errors.correctionNotRequested')
  refuseStale(report, input.version)
  const version = report.version + 1
  await ctx.db
    .updateTable('reporting.report')
    .set({ correction_reason: null, version })
    .where('id', '=', report.id)
    .execute()
  await recordVersion(ctx, { ...report, version }, { event: 'correction_refused', reason: input.reason })
  await recordAudit(ctx, {
    action: 'report.refuse_correction',
    objectKind: 'report',
    objectId: report.id,
    after: { version, reason: input.reason },
  })
  return { version, state: 'accepted' }
}
