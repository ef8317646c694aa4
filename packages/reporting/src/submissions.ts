import { fedRuleId, findProblems, isMissingReason, type FoundProblem } from '@gonglian/indicators/figures'
import { getFormById, readFed, shiftPeriod, type Form } from '@gonglian/indicators'
import { markDirty } from '@gonglian/rollup'
import {
  DomainError,
  actorName,
  lockTree,
  recordAudit,
  requirePermission,
  type FieldError,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { isEmptySheet, isSameCell, isZeroSheet, readSheet, showFigure, writeSheet, type Sheet } from './cells.ts'
import { listChangedSince, readTyped } from './drafts.ts'
import {
  ReportId,
  Version,
  findDraft,
  isLate,
  lockReport,
  refuseStale,
  type DraftRow,
  type ReportRow,
} from './reports.ts'
import { isEditable, refuseMeanwhile, type ReportState } from './states.ts'
import { readFaults, recordVersion } from './versions.ts'

export const SubmitReport = z.object({
  reportId: ReportId,
  version: Version,
  /** The officer has seen the open warnings and stands by the figures without explaining them. */
  confirmWarnings: z.boolean().default(false),
  /** Zero report (零报告): everything left empty is stated to be 0. */
  zero: z.boolean().default(false),
})
export const WithdrawReport = z.object({ reportId: ReportId, version: Version })

const EARLIER_PERIODS = 4

/** The body's own figures of the periods before, newest first; null where nothing counts. */
export async function readEarlier(
  ctx: TenantContext,
  report: { tenant_id: number; form_id: number; period: string },
): Promise<((number | null)[] | null)[]> {
  const periods = Array.from({ length: EARLIER_PERIODS }, (_, index) => shiftPeriod(report.period, -1 - index))
  const rows = await ctx.db
    .selectFrom('reporting.report')
    .select(['period', 'figures'])
    .where('form_id', '=', report.form_id)
    .where('period', 'in', periods)
    .where('tenant_id', '=', report.tenant_id)
    .where('state', 'in', ['submitted', 'accepted', 'correcting'])
    .execute()
  const figures = new Map(rows.map((row) => [row.period, row.figures]))
  return periods.map((period) => figures.get(period) ?? null)
}

/**
 * What the form's rules say about a sheet, against the body's own earlier figures and what its records say.
 *
 * @param fed by position, as `readFed` answers or as they were when the report was handed in
 */
export async function findSheetProblems(
  ctx: TenantContext,
  form: Form,
  report: { tenant_id: number; form_id: number; period: string },
  sheet: Sheet,
  fed: readonly (number | null)[] | null,
): Promise<FoundProblem[]> {
  const [previous, ...older] = await readEarlier(ctx, report)
  return findProblems({
    items: form.items,
    rules: form.rules,
    figures: sheet.figures,
    marks: sheet.marks,
    notes: sheet.notes,
    fed,
    previous: previous ?? null,
    history: older.flatMap((figures) => (figures ? [figures] : [])),
    locale: ctx.actor.kind === 'user' ? ctx.actor.locale : 'zh-CN',
  })
}

/**
 * Sends the report to the superior. From here on its figures count in every `reported` total above.
 *
 * @throws DomainError conflict errors.reportConflict naming cells others typed since, or what happened meanwhile
 * @throws DomainError invalid errors.reportEmpty, errors.reportHasErrors, errors.reportHasWarnings, errors.reportDiffersFromRecords,
 *   errors.faultsUnanswered, with fields
 */
export async function submitReport(
  ctx: TenantContext,
  input: z.output<typeof SubmitReport>,
): Promise<{ version: number; state: ReportState; late: boolean; zero: boolean }> {
  requirePermission(ctx, 'report:submit')
  await lockTree(ctx, 'shared')
  const report = await lockReport(ctx, input.reportId, { own: true })
  if (!isEditable(report.state)) throw refuseMeanwhile(report)
  const form = await getFormById(ctx, report.form_id)
  const draft = await findDraft(ctx, report.id)
  refuseUnseenCells(form, report, draft, input.version)

  const typed = readTyped(report, draft, form.items.length)
  const sheet = input.zero ? fillWithZeros(typed, form) : typed
  if (isEmptySheet(sheet)) throw new DomainError('invalid', 'errors.reportEmpty')
  refuseUnansweredFaults(form, report, sheet)
  const fed = await readFed(ctx, { form, period: report.period, tenantId: report.tenant_id })
  const problems = await findSheetProblems(ctx, form, report, sheet, fed)
  refuseProblems(
    'errors.reportHasErrors',
    problems.filter((problem) => problem.level === 'error'),
  )
  const open = problems.filter((problem) => problem.level === 'warning' && !problem.settled)
  // Other warnings may be stood by; a figure beside the records needs its reason in writing.
  refuseProblems(
    'errors.reportDiffersFromRecords',
    open.filter((problem) => problem.ruleId === fedRuleId),
  )
  if (!input.confirmWarnings) refuseProblems('errors.reportHasWarnings', open)

  const version = report.version + 1
  const row = await ctx.db
    .updateTable('reporting.report')
    .set({
      ...writeSheet(sheet),
      fed_figures: keepFed(fed),
      state: 'submitted',
      version,
      faults: '[]',
      open_warnings: new Set(open.map((problem) => problem.position)).size,
      submitted_at: ctx.now,
      submitted_by: actorName(ctx.actor),
      decided_at: null,
      decided_by: null,
      correction_reason: null,
    })
    .where('id', '=', report.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await ctx.db.deleteFrom('reporting.draft').where('report_id', '=', report.id).execute()
  await recordVersion(ctx, row, { event: 'submitted', sheet, fed: keepFed(fed) })
  await markDirty(ctx, { formId: report.form_id, period: report.period, tenantId: report.tenant_id })
  const late = isLate(ctx, row)
  await recordAudit(ctx, {
    action: 'report.submit',
    objectKind: 'report',
    objectId: report.id,
    before: { state: report.state, version: report.version },
    after: { state: 'submitted', version, late, openWarnings: row.open_warnings },
  })
  return { version, state: 'submitted', late, zero: isZeroSheet(sheet) }
}

/**
 * Takes a report back that nobody has decided about. It is no longer reported until it is submitted again; its figures become the draft. What was
 * accepted of it before goes on counting above.
 */
export async function withdrawReport(
  ctx: TenantContext,
  input: z.output<typeof WithdrawReport>,
): Promise<{ version: number; state: ReportState }> {
  requirePermission(ctx, 'report:submit')
  await lockTree(ctx, 'shared')
  const report = await lockReport(ctx, input.reportId, { own: true })
  if (report.state !== 'submitted') throw refuseMeanwhile(report)
  refuseStale(report, input.version)
  const version = report.version + 1
  await ctx.db.updateTable('reporting.report').set({ state: 'draft', version }).where('id', '=', report.id).execute()
  await recordVersion(ctx, { ...report, version }, { event: 'withdrawn' })
  await markDirty(ctx, { formId: report.form_id, period: report.period, tenantId: report.tenant_id })
  await recordAudit(ctx, {
    action: 'report.withdraw',
    objectKind: 'report',
    objectId: report.id,
    before: { state: 'submitted', version: report.version },
    after: { state: 'draft', version },
  })
  return { version, state: 'draft' }
}

/** Nobody submits what they have not seen: every cell somebody else typed since is named. */
function refuseUnseenCells(form: Form, report: ReportRow, draft: DraftRow | undefined, seen: number): void {
  if (report.version === seen) return
  const sheet = readTyped(report, draft, form.items.length)
  const by = draft?.saved_by ?? ''
  const fields: FieldError[] = listChangedSince(draft, seen).flatMap((position) => {
    const item = form.items[position - 1]
    return item
      ? [{ path: `cells.${position}`, key: 'errors.cellChanged', params: { theirs: showFigure(sheet, item), by } }]
      : []
  })
  if (fields.length === 0 || seen < (draft?.since_version ?? report.version)) throw refuseMeanwhile(report)
  throw new DomainError('conflict', 'errors.reportConflict', { params: { by, count: fields.length }, fields })
}

/** A vector that says nothing is not kept. */
function keepFed(fed: (number | null)[]): (number | null)[] | null {
  return fed.some((figure) => figure !== null) ? fed : null
}

function fillWithZeros(sheet: Sheet, form: Form): Sheet {
  const figures = form.items.map((item, index) => {
    const value = sheet.figures[index] ?? null
    return value === null && item.nature !== 'ratio' && !isMissingReason(sheet.marks[index]) ? 0 : value
  })
  return { ...sheet, figures }
}

/** A cell that was sent back is changed, or explained by a note. */
function refuseUnansweredFaults(form: Form, report: ReportRow, sheet: Sheet): void {
  if (report.state !== 'returned') return
  const sentBack = readSheet(report, form.items.length)
  const fields = readFaults(report.faults)
    .filter((fault) => isSameCell(sentBack, sheet, fault.position))
    .map((fault) => ({
      path: `cells.${fault.position}`,
      key: 'errors.faultUnanswered',
      params: { reason: fault.reason },
    }))
  if (fields.length > 0)
    throw new DomainError('invalid', 'errors.faultsUnanswered', { params: { count: fields.length }, fields })
}

function refuseProblems(key: string, problems: readonly FoundProblem[]): void {
  if (problems.length === 0) return
  const fields = problems.map((problem) => ({
    path: `cells.${problem.position}`,
    key: problem.key,
    params: { ...problem.params },
  }))
  throw new DomainError('invalid', key, { params: { count: problems.length }, fields })
}
