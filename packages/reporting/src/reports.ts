import { sql, type Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import {
  Period,
  dueOn,
  isCalendarKnown,
  readCalendar,
  getForm,
  parsePeriod,
  readFed,
  type Form,
  type PeriodSpan,
} from '@gonglian/indicators'
import {
  DomainError,
  actorName,
  findFederations,
  found,
  recordAudit,
  requirePermission,
  shanghaiDay,
  type Federation,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { refuseMeanwhile, type ReportState } from './states.ts'

export type ReportRow = Selectable<DB['reporting.report']>
export type DraftRow = Selectable<DB['reporting.draft']>

export const FormCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,63}$/, 'errors.formCode')
export const ReportId = z.int().positive()
export const Version = z.int().positive()

export const OpenReport = z.object({ form: FormCode, period: Period })

/** The last day on which a report of this period is in time; null where the form sets no deadline. */
export async function findDueDay(
  ctx: TenantContext,
  form: Pick<Form, 'due'>,
  span: PeriodSpan,
): Promise<string | null> {
  return form.due === null ? null : (await findDueDays(ctx))(form, span)
}

/** Reads the calendar once, for the deadlines of many forms and periods. */
export async function findDueDays(
  ctx: TenantContext,
): Promise<(form: Pick<Form, 'due'>, span: PeriodSpan) => string | null> {
  const calendar = await readCalendar(ctx)
  return (form, span) => (form.due === null ? null : dueOn(form.due, span.end, calendar))
}

/** Whether a deadline may still move: the holidays of its year are not in the calendar yet, it was counted by weekends. */
export async function isProvisional(ctx: TenantContext, due: string | null): Promise<boolean> {
  return due !== null && !isCalendarKnown(due, await readCalendar(ctx))
}

/** After the deadline: submitted late, or still not submitted today. */
export function isLate(
  ctx: TenantContext,
  report: { due_on: string | null; submitted_at: Date | null; state: ReportState },
): boolean {
  if (report.due_on === null) return false
  const isWaiting = report.state === 'draft' || report.state === 'returned'
  const day = isWaiting || report.submitted_at === null ? ctx.today : shanghaiDay(report.submitted_at)
  return day > report.due_on
}

function refusePeriod(key: string, params: Record<string, string> = {}): DomainError {
  return new DomainError('invalid', key, { params, fields: [{ path: 'period', key, params }] })
}

/** Whether a form can be filled in for a period today (a period that has begun, in the form's own rhythm, while the form is in force). */
function refuseUnsuitablePeriod(ctx: TenantContext, form: Form, span: PeriodSpan): void {
  if (span.kind !== form.frequency) throw refusePeriod('errors.periodKind')
  if (span.start > ctx.today) throw refusePeriod('errors.periodNotStarted', { start: span.start })
  if (span.end < form.opensOn) throw refusePeriod('errors.formNotYetOpen', { from: form.opensOn })
  if (form.closesOn !== null && span.end >= form.closesOn)
    throw refusePeriod('errors.formClosed', { from: form.closesOn })
}

/** A report of a body that was not in the tree at the end of the period would count nowhere. */
async function refuseOutsideTree(ctx: TenantContext, bodyId: number, day: string): Promise<void> {
  const { rows } = await sql<{ inside: boolean }>`
    select exists (
      select 1 from tenancy.link l where ${bodyId} in (l.federation_id, l.parent_id) and l.hierarchy = 'regional'
        and l.valid_from <= ${day}::date and (l.valid_to is null or l.valid_to > ${day}::date)) as inside`.execute(
    ctx.db,
  )
  if (rows[0]?.inside !== true) throw refusePeriod('errors.bodyNotInPeriod')
}

export async function getBody(ctx: TenantContext, id: number): Promise<Federation> {
  return found((await findFederations(ctx, [id])).get(id), 'errors.bodyNotFound')
}

/**
 * Begins the body's own report, or finds the one that is there.
 *
 * @throws DomainError forbidden errors.notFiller; invalid with field `period` (not begun, wrong rhythm, form not in force)
 */
export async function openReport(
  ctx: TenantContext,
  input: z.output<typeof OpenReport>,
): Promise<{ reportId: number; version: number; state: ReportState }> {
  requirePermission(ctx, 'report:fill')
  const form = await getForm(ctx, input.form)
  const span = parsePeriod(input.period)
  const body = await getBody(ctx, ctx.tenantId)
  if (!form.fillerLevels.includes(body.level)) throw new DomainError('forbidden', 'errors.notFiller')
  if (form.items.length === 0) throw new DomainError('invalid', 'errors.formNoItems')
  refuseUnsuitablePeriod(ctx, form, span)
  await refuseOutsideTree(ctx, body.id, span.end)
  const due = await findDueDay(ctx, form, span)
  const created = await ctx.db
    .insertInto('reporting.report')
    .values({ tenant_id: ctx.tenantId, form_id: form.id, period: input.period, period_end: span.end, due_on: due })
    .onConflict((conflict) => conflict.columns(['form_id', 'period', 'tenant_id']).doNothing())
    .returning(['id', 'version', 'state'])
    .executeTakeFirst()
  if (created) {
    await fillFromRecords(ctx, { form, period: input.period, reportId: created.id, version: created.version })
    await recordAudit(ctx, {
      action: 'report.open',
      objectKind: 'report',
      objectId: created.id,
      after: { form: form.code, period: input.period },
    })
    return { reportId: created.id, version: created.version, state: created.state }
  }
  const present = await ctx.db
    .selectFrom('reporting.report')
    .select(['id', 'version', 'state'])
    .where('form_id', '=', form.id)
    .where('period', '=', input.period)
    .where('tenant_id', '=', ctx.tenantId)
    .executeTakeFirstOrThrow()
  return { reportId: present.id, version: present.version, state: present.state }
}

/** No number is asked for twice: what the records know stands in the draft from the beginning (design 4). */
async function fillFromRecords(
  ctx: TenantContext,
  report: { form: Form; period: string; reportId: number; version: number },
): Promise<void> {
  const figures = await readFed(ctx, { form: report.form, period: report.period, tenantId: ctx.tenantId })
  if (figures.every((figure) => figure === null)) return
  await ctx.db
    .insertInto('reporting.draft')
    .values({
      report_id: report.reportId,
      tenant_id: ctx.tenantId,
      figures,
      since_version: report.version,
      saved_at: ctx.now,
      saved_by: actorName(ctx.actor),
    })
    .execute()
}

/**
 * The report, locked until the end of the transaction: two people's steps take turns.
 *
 * @param options.own only the body's own reports (system actors: any in reach)
 */
export async function lockReport(ctx: TenantContext, reportId: number, options: { own: boolean }): Promise<ReportRow> {
  const row = await ctx.db
    .selectFrom('reporting.report')
    .selectAll()
    .where('id', '=', reportId)
    .forUpdate()
    .executeTakeFirst()
  const isMine = row !== undefined && (ctx.actor.kind === 'system' || row.tenant_id === ctx.tenantId)
  return found(isMine || !options.own ? row : undefined, 'errors.reportNotFound')
}

export async function findDraft(ctx: TenantContext, reportId: number): Promise<DraftRow | undefined> {
  return ctx.db.selectFrom('reporting.draft').selectAll().where('report_id', '=', reportId).executeTakeFirst()
}

/** @throws DomainError conflict when the report is not as the person saw it */
export function refuseStale(report: ReportRow, seen: number): void {
  if (report.version !== seen) throw refuseMeanwhile(report)
}
