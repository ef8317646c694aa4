import {
  Period,
  getForm,
  getFormById,
  parsePeriod,
  previousPeriod,
  readFed,
  samePeriodLastYear,
  type Form,
  type PeriodSpan,
} from '@gonglian/indicators'
import type { FoundProblem } from '@gonglian/indicators/figures'
import { readChangedBelow, type ChangedBelow } from '@gonglian/rollup'
import {
  DomainError,
  FederationCode,
  getFederation,
  requirePermission,
  type Federation,
  type TenantContext,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { isZeroSheet, readSheet, type Sheet } from './cells.ts'
import { readTyped } from './drafts.ts'
import { listSteps, type Step } from './history.ts'
import { FormCode, findDraft, findDueDay, getBody, isLate, isProvisional, type ReportRow } from './reports.ts'
import { isCounted, isEditable, type ReportStanding } from './states.ts'
import { findSheetProblems, readEarlier } from './submissions.ts'
import { readFaults, type Fault } from './versions.ts'

export const GetReport = z.object({ form: FormCode, period: Period, body: FederationCode.optional() })

export type ReportView = {
  readonly reportId: number | null
  readonly form: Form
  readonly body: Federation
  readonly period: string
  readonly span: PeriodSpan
  readonly state: ReportStanding
  /** To be sent back with every step; 0 while there is no report. */
  readonly version: number
  readonly isOwn: boolean
  /** The reader may type: own, begun, and not with the superior. */
  readonly isEditable: boolean
  /** As last submitted. */
  readonly sheet: Sheet
  /** What is being typed; only the owner sees it. */
  readonly draft: (Sheet & { savedAt: Date | null; savedBy: string | null }) | null
  /**
   * What the body's records say, by position: now while it is being typed, else as it was when handed in. Null: nothing counts the item.
   */
  readonly fed: readonly (number | null)[]
  readonly faults: readonly Fault[]
  /** What the rules say, settled warnings included. */
  readonly problems: readonly FoundProblem[]
  readonly openWarnings: number
  readonly isZero: boolean
  /** The body's own figures of the period before and of the same period last year, where they count. */
  readonly previous: readonly (number | null)[] | null
  readonly sameLastYear: readonly (number | null)[] | null
  /** The four periods before, newest first, as the rules compare with them; null where nothing counts. */
  readonly earlier: readonly (readonly (number | null)[] | null)[]
  readonly dueOn: string | null
  /** The year of the deadline has no holiday notice yet: it may still move. */
  readonly isDueProvisional: boolean
  readonly isLate: boolean
  readonly submittedAt: Date | null
  readonly submittedBy: string | null
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly correctionReason: string | null
  readonly history: readonly Step[]
  /** The superior of the tree of the period's end, who reviews it (P5). Null before the report is begun, and at the top. */
  readonly reviewer: { readonly id: number; readonly code: string; readonly name: string } | null
  /** The reader is that superior. */
  readonly isReviewer: boolean
  /** The body stands directly below the reader today; the period may be another's to review. */
  readonly isDirectlyBelow: boolean
  /** It is accepted, and what the body has accepted below it has changed since: not yet accepted anew. */
  readonly changedBelow: ChangedBelow | null
}

/**
 * A report of the body itself or of one below it, also where none has been begun.
 *
 * @throws DomainError not_found errors.formNotFound, errors.bodyNotFound (also for bodies beside or above)
 */
export async function getReport(ctx: TenantContext, input: z.output<typeof GetReport>): Promise<ReportView> {
  requirePermission(ctx, 'report:read')
  const form = await getForm(ctx, input.form)
  const body = input.body === undefined ? await getBody(ctx, ctx.tenantId) : await getFederation(ctx, input.body)
  await refuseOutOfReach(ctx, body.id, parsePeriod(input.period).end)
  const row = await ctx.db
    .selectFrom('reporting.report')
    .selectAll()
    .where('form_id', '=', form.id)
    .where('period', '=', input.period)
    .where('tenant_id', '=', body.id)
    .executeTakeFirst()
  return showReport(ctx, { form, body, period: input.period, row })
}

/**
 * The names of superiors are in sight, their reports are not: without this they would look like reports not begun. Of a body that has gone to
 * another superior its old ones go on reading the periods that ended before.
 */
async function refuseOutOfReach(ctx: TenantContext, bodyId: number, day: string): Promise<void> {
  const { rows } = await sql<{ reached: boolean }>`
    select exists (select from tenancy.closure where ancestor_id = ${ctx.tenantId} and descendant_id = ${bodyId})
      or tenancy.had(${bodyId}, ${day}::date) as reached`.execute(ctx.db)
  if (rows[0]?.reached !== true) throw new DomainError('not_found', 'errors.bodyNotFound')
}

/** A report that was found in sight. */
export async function showReportRow(ctx: TenantContext, row: ReportRow): Promise<ReportView> {
  const form = await getFormById(ctx, row.form_id)
  return showReport(ctx, { form, body: await getBody(ctx, row.tenant_id), period: row.period, row })
}

async function showReport(
  ctx: TenantContext,
  found: { form: Form; body: Federation; period: string; row: ReportRow | undefined },
): Promise<ReportView> {
  const { form, body, period, row } = found
  const width = form.items.length
  const span = parsePeriod(period)
  const isOwn = body.id === ctx.tenantId
  const place = { tenant_id: body.id, form_id: form.id, period }
  const sheet = readSheet(row, width)
  const saved = row && isOwn ? await findDraft(ctx, row.id) : undefined
  const draft =
    row && isOwn && isEditable(row.state)
      ? { ...readTyped(row, saved, width), savedAt: saved?.saved_at ?? null, savedBy: saved?.saved_by ?? null }
      : null
  const compared = await readCompared(ctx, place)
  const isTyping = isOwn && (row === undefined || isEditable(row.state))
  const fed = isTyping
    ? await readFed(ctx, { form, period, tenantId: body.id })
    : form.items.map((_, index) => row?.fed_figures?.[index] ?? null)
  const late = {
    due_on: row ? row.due_on : await findDueDay(ctx, form, span),
    submitted_at: row?.submitted_at ?? null,
    state: row?.state ?? ('draft' as const),
  }
  const reviewer = row ? await nameReviewer(ctx, row.id) : null
  return {
    reportId: row?.id ?? null,
    form,
    body,
    period,
    span,
    state: row?.state ?? 'not_started',
    version: row?.version ?? 0,
    isOwn,
    isEditable: draft !== null,
    sheet,
    draft,
    fed,
    faults: readFaults(row?.faults),
    problems: row ? await findSheetProblems(ctx, form, place, draft ?? sheet, fed) : [],
    openWarnings: row?.open_warnings ?? 0,
    isZero: row !== undefined && isCounted(row.state) && isZeroSheet(sheet),
    ...compared,
    earlier: row || isOwn ? await readEarlier(ctx, place) : [],
    dueOn: late.due_on,
    isDueProvisional: await isProvisional(ctx, late.due_on),
    isLate: isLate(ctx, late),
    submittedAt: row?.submitted_at ?? null,
    submittedBy: row?.submitted_by ?? null,
    decidedAt: row?.decided_at ?? null,
    decidedBy: row?.decided_by ?? null,
    correctionReason: row?.correction_reason ?? null,
    history: row ? await listSteps(ctx, row.id) : [],
    reviewer,
    isReviewer: reviewer?.id === ctx.tenantId,
    isDirectlyBelow: await isDirectlyBelow(ctx, body.id),
    changedBelow: row?.state === 'accepted' ? await readChangedBelow(ctx, row) : null,
  }
}

async function isDirectlyBelow(ctx: TenantContext, bodyId: number): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('tenancy.closure')
    .select('depth')
    .where('ancestor_id', '=', ctx.tenantId)
    .where('descendant_id', '=', bodyId)
    .where('hierarchy', '=', 'regional')
    .where('depth', '=', 1)
    .executeTakeFirst()
  return row !== undefined
}

async function nameReviewer(ctx: TenantContext, reportId: number): Promise<ReportView['reviewer']> {
  const { rows } = await sql<{ id: number; code: string; name: string }>`
    select id, code, name from reporting.name_reviewer(${reportId}::bigint)`.execute(ctx.db)
  return rows[0] ?? null
}

async function readCompared(
  ctx: TenantContext,
  place: { tenant_id: number; form_id: number; period: string },
): Promise<Pick<ReportView, 'previous' | 'sameLastYear'>> {
  const before = previousPeriod(place.period)
  const lastYear = samePeriodLastYear(place.period)
  const rows = await ctx.db
    .selectFrom('reporting.report')
    .select(['period', 'figures'])
    .where('form_id', '=', place.form_id)
    .where('period', 'in', [before, lastYear])
    .where('tenant_id', '=', place.tenant_id)
    .where('state', 'in', ['submitted', 'accepted', 'correcting'])
    .execute()
  const figures = (period: string) => rows.find((row) => row.period === period)?.figures ?? null
  return { previous: figures(before), sameLastYear: figures(lastYear) }
}
