import { sql } from 'kysely'
import { getFormById } from '@gonglian/indicators'
import { markDirty, readChangedBelow } from '@gonglian/rollup'
import {
  DomainError,
  actorName,
  found,
  lockTree,
  recordAudit,
  requirePermission,
  type FieldError,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { ReportId, Version, lockReport, refuseStale, type ReportRow } from './reports.ts'
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
/** `mark` names the state of the totals below that the reviewer has seen. */
export const AcceptAgain = z.object({ reportId: ReportId, version: Version, mark: z.string().length(32) })
export const AcceptReports = z.object({ reports: z.array(AcceptReport).min(1).max(500) })

/**
 * A report locked for a decision by its reviewer: the superior of the tree of the period's end (P5). First the tree, then the superior's own
 * report, then the subordinate's: always from above downwards, so that no two people wait for each other.
 *
 * @throws DomainError not_found for any report but one of a direct subordinate of that period
 */
export async function lockForDecision(ctx: TenantContext, reportId: number): Promise<ReportRow> {
  await lockTree(ctx, 'shared')
  const seen = found(
    await ctx.db
      .selectFrom('reporting.report')
      .select(['tenant_id', 'form_id', 'period', 'period_end'])
      .where('id', '=', reportId)
      .executeTakeFirst(),
    'errors.reportNotFound',
  )
  const reviewer = await findReviewer(ctx, seen)
  if (reviewer === null || (ctx.actor.kind !== 'system' && reviewer !== ctx.tenantId))
    throw new DomainError('not_found', 'errors.reportNotFound')
  await ctx.db
    .selectFrom('reporting.report')
    .select('id')
    .where('form_id', '=', seen.form_id)
    .where('period', '=', seen.period)
    .where('tenant_id', '=', reviewer)
    .forShare()
    .execute()
  return lockReport(ctx, reportId, { own: false })
}

/** The body that reviews a report: the superior in the tree of the period's end. Null where none is in sight. */
export async function findReviewer(
  ctx: TenantContext,
  report: { tenant_id: number; period_end: string },
): Promise<number | null> {
  const { rows } = await sql<{ reviewer: number | null }>`
    select reporting.find_reviewer(${report.tenant_id}, ${report.period_end}::date) as reviewer`.execute(ctx.db)
  return rows[0]?.reviewer ?? null
}

/** Makes what the report and everything accepted below it say now count above, in place of what was accepted before. */
async function takeIn(ctx: TenantContext, reportId: number): Promise<void> {
  await sql`select reporting.accept(${reportId}::bigint, ${actorName(ctx.actor)})`.execute(ctx.db)
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
  if (decision.state === 'accepted') await takeIn(ctx, report.id)
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
 * Takes a subordinate's report in: its figures and whatever it has accepted become part of the superior's `accepted` total, and stay so
 * until the superior accepts anew (decision 0013).
 *
 * @throws DomainError conflict: what happened to the report meanwhile (withdrawn, resubmitted, decided by another)
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
 * Takes an accepted report in once more, because what its body has accepted below it has changed: from now on the new total counts above, and
 * the next superior sees the difference in turn. The report itself stays as it is.
 *
 * @throws DomainError conflict errors.nothingChangedBelow, errors.changedBelowAgain when it is no longer what was seen, or what happened to the report
 */
export async function acceptAgain(
  ctx: TenantContext,
  input: z.output<typeof AcceptAgain>,
): Promise<{ version: number; state: ReportState }> {
  requirePermission(ctx, 'report:review')
  const report = await lockForDecision(ctx, input.reportId)
  if (report.state !== 'accepted') throw refuseMeanwhile(report)
  refuseStale(report, input.version)
  const change = await readChangedBelow(ctx, report)
  if (change === null) throw new DomainError('conflict', 'errors.nothingChangedBelow')
  if (change.mark !== input.mark) throw new DomainError('conflict', 'errors.changedBelowAgain')
  const version = report.version + 1
  await ctx.db
    .updateTable('reporting.report')
    .set({ version, decided_at: ctx.now, decided_by: actorName(ctx.actor) })
    .where('id', '=', report.id)
    .execute()
  await recordVersion(ctx, { ...report, version }, { event: 'accepted_again' })
  await takeIn(ctx, report.id)
  // What was shown came from the worker; what was taken in is exact. If they are not the same, more has changed than was seen.
  if ((await readChangedBelow(ctx, report)) !== null) throw new DomainError('conflict', 'errors.changedBelowAgain')
  await recordAudit(ctx, {
    action: 'report.accept_again',
    objectKind: 'report',
    objectId: report.id,
    before: { version: report.version, reports: change.acceptedCount },
    after: { version, reports: change.presentCount, cells: [...change.positions] },
  })
  await markDirty(ctx, { formId: report.form_id, period: report.period, tenantId: report.tenant_id })
  return { version, state: 'accepted' }
}

/**
 * Sends a subordinate's report back, naming each faulty cell with a reason; the others stay as they are. It is no longer reported until it is
 * submitted again; what was accepted of it before goes on counting above.
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
