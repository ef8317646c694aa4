import { sql } from 'kysely'
import { Period, findFormsById, type Form } from '@gonglian/indicators'
import { changedReports, isChanged } from '@gonglian/rollup'
import { found, namesBody, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { isSameCell, readSheet, type Sheet } from './cells.ts'
import { isReviewed, reviewed, reviewedBodies } from './children.ts'
import { ReportId, isLate } from './reports.ts'
import { reportStates, type ReportState } from './states.ts'
import { readFaults, type Fault } from './versions.ts'
import { showReportRow, type ReportView } from './views.ts'

export const ListReviewQueue = z.object({
  formId: z.int().positive().optional(),
  period: Period.optional(),
  /** Left out: what waits for a decision, what was asked to be opened again, and what has changed below. `changed`: the last alone. */
  state: z.enum([...reportStates, 'changed']).optional(),
  search: z.string().trim().max(60).default(''),
  sort: z.enum(['submitted', 'body', 'warnings']).default('submitted'),
  descending: z.boolean().default(false),
  page: z.int().min(1).max(10_000).default(1),
  pageSize: z.int().min(1).max(500).default(50),
})

export type QueuedReport = {
  readonly reportId: number
  readonly version: number
  readonly body: { readonly id: number; readonly code: string; readonly name: string; readonly shortName: string }
  readonly form: Pick<Form, 'id' | 'code' | 'nameZh' | 'nameEn'>
  readonly period: string
  readonly state: ReportState
  readonly submittedAt: Date | null
  readonly dueOn: string | null
  readonly isLate: boolean
  readonly openWarnings: number
  readonly correctionReason: string | null
  /** Accepted, and changed below since: to be accepted again. */
  readonly isChangedBelow: boolean
}

type Row = {
  id: number
  version: number
  bodyId: number
  code: string
  name: string
  shortName: string
  formId: number
  period: string
  state: ReportState
  submitted_at: Date | null
  due_on: string | null
  openWarnings: number
  correctionReason: string | null
  isChangedBelow: boolean
}

const orders = {
  submitted: sql`submitted_at`,
  body: sql`code`,
  warnings: sql`"openWarnings"`,
}

/**
 * The reports that this body reviews, by default those that wait for it: submitted, accepted with a correction asked for, or accepted and changed
 * below since.
 * Reads the children's reports (a few dozen bodies) by report_tenant, or by (form, period, body) where both are given.
 */
export async function listReviewQueue(
  ctx: TenantContext,
  input: z.output<typeof ListReviewQueue>,
): Promise<{ reports: QueuedReport[]; total: number; counts: Record<ReportState | 'changed', number> }> {
  requirePermission(ctx, 'report:read')
  const asked = (alias: 'a' | 'r') =>
    sql<boolean>`true ${input.formId === undefined ? sql`` : sql`and ${sql.ref(`${alias}.form_id`)} = ${input.formId}`}
      ${input.period === undefined ? sql`` : sql`and ${sql.ref(`${alias}.period`)} = ${input.period}`}`
  const seen = sql`
    with recursive ${reviewed(ctx)}, ${changedReports(reviewedBodies, asked('a'))}, seen as materialized (
      select r.id, r.version, f.id as "bodyId", f.code, f.name, f.short_name as "shortName", r.form_id as "formId", r.period, r.state,
        r.submitted_at, r.due_on, r.open_warnings as "openWarnings", r.correction_reason as "correctionReason",
        ${isChanged('r')} as "isChangedBelow"
      from reporting.report r
      join reviewed v on ${isReviewed}
      join tenancy.federation f on f.id = r.tenant_id
      where r.tenant_id = any (${reviewedBodies}) and f.id = any (${reviewedBodies}) and ${asked('r')}
        and ${namesBody('f', input.search)}
    )`
  const wanted =
    input.state === undefined
      ? sql`(state = 'submitted' or state = 'accepted' and "correctionReason" is not null or "isChangedBelow")`
      : input.state === 'changed'
        ? sql`"isChangedBelow"`
        : sql`state = ${input.state}`
  const { rows: byState } = await sql<{ state: ReportState; count: number; wanted: number; changed: number }>`${seen}
    select state, count(*)::int as count, (count(*) filter (where ${wanted}))::int as wanted,
      (count(*) filter (where "isChangedBelow"))::int as changed from seen group by state`.execute(ctx.db)
  const total = byState.reduce((sum, row) => sum + row.wanted, 0)
  // Most of the time nothing waits.
  const rows =
    total === 0
      ? []
      : (
          await sql<Row>`${seen}
    select * from seen where ${wanted}
    order by ${orders[input.sort]} ${sql.raw(input.descending ? 'desc nulls last' : 'asc nulls last')}, id
    limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}`.execute(ctx.db)
        ).rows
  const forms = await findFormsById(
    ctx,
    rows.map((row) => row.formId),
  )
  const counts = { draft: 0, submitted: 0, returned: 0, accepted: 0, correcting: 0, changed: 0 }
  for (const row of byState) {
    counts[row.state] = row.count
    counts.changed += row.changed
  }
  return {
    total,
    counts,
    reports: rows.map((row) => {
      const form = found(forms.get(row.formId), 'errors.formNotFound')
      return {
        reportId: row.id,
        version: row.version,
        body: { id: row.bodyId, code: row.code, name: row.name, shortName: row.shortName },
        form: { id: form.id, code: form.code, nameZh: form.nameZh, nameEn: form.nameEn },
        period: row.period,
        state: row.state,
        submittedAt: row.submitted_at,
        dueOn: row.due_on,
        isLate: isLate(ctx, row),
        openWarnings: row.openWarnings,
        correctionReason: row.correctionReason,
        isChangedBelow: row.isChangedBelow,
      }
    }),
  }
}

export const GetReview = z.object({ reportId: ReportId })

export type Review = {
  readonly report: ReportView
  /** The figures last accepted before these, if any, and the ones submitted just before these. */
  readonly lastAccepted: Sheet | null
  readonly lastSubmitted: Sheet | null
  /** Positions that differ from them; where there is nothing to compare with, none. */
  readonly changedSinceAccepted: readonly number[]
  readonly changedSinceSubmitted: readonly number[]
  /** The cells named when it was last sent back, and whether the figure or only the note answers. */
  readonly answers: readonly (Fault & { readonly isFigureChanged: boolean; readonly note: string })[]
}

/** A subordinate's report as its reviewer reads it: beside what was accepted and what was submitted before. */
export async function getReview(ctx: TenantContext, input: z.output<typeof GetReview>): Promise<Review> {
  requirePermission(ctx, 'report:read')
  const row = found(
    await ctx.db.selectFrom('reporting.report').selectAll().where('id', '=', input.reportId).executeTakeFirst(),
    'errors.reportNotFound',
  )
  const report = await showReportRow(ctx, row)
  const width = report.form.items.length
  const steps = await ctx.db
    .selectFrom('reporting.report_version')
    .selectAll()
    .where('report_id', '=', row.id)
    .orderBy('id')
    .execute()
  const given: Sheet[] = []
  let lastAccepted: Sheet | null = null
  let faults: Fault[] = []
  // The steps up to the present figures: what comes after the last submission is about these, not about those before.
  const present = steps.findLastIndex((step) => step.figures !== null)
  for (const step of steps.slice(0, Math.max(0, present))) {
    if (step.figures) given.push(readSheet(step, width))
    if (step.event === 'accepted' || step.event === 'imported') lastAccepted = given[given.length - 1] ?? null
    if (step.event === 'returned') faults = readFaults(step.faults)
    if (step.event === 'accepted') faults = []
  }
  const lastSubmitted = given[given.length - 1] ?? null
  const changed = (before: Sheet | null) =>
    before
      ? report.form.items.map((item) => item.position).filter((position) => !isSameCell(before, report.sheet, position))
      : []
  return {
    report,
    lastAccepted,
    lastSubmitted,
    changedSinceAccepted: changed(lastAccepted),
    changedSinceSubmitted: changed(lastSubmitted),
    answers: faults.map((fault) => ({
      ...fault,
      isFigureChanged:
        lastSubmitted !== null &&
        lastSubmitted.figures[fault.position - 1] !== report.sheet.figures[fault.position - 1],
      note: report.sheet.notes[String(fault.position)] ?? '',
    })),
  }
}
