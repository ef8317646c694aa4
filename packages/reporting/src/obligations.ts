import {
  Period,
  coarserPeriod,
  currentPeriod,
  findFormsById,
  finerPeriods,
  listForms,
  parsePeriod,
  previousPeriod,
  type FormHead,
  type PeriodKind,
} from '@gonglian/indicators'
import { isMissingReason } from '@gonglian/indicators/figures'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { isZeroSheet, readSheet } from './cells.ts'
import { findDueDays, getBody, isLate } from './reports.ts'
import { isCounted, isEditable, type ReportStanding } from './states.ts'
import { readFaults } from './versions.ts'

const DAY_MS = 86_400_000

/** Days from today to the deadline; negative after it. */
export function countDaysLeft(ctx: TenantContext, dueOn: string | null): number | null {
  return dueOn === null ? null : Math.round((Date.parse(dueOn) - Date.parse(ctx.today)) / DAY_MS)
}

/** The periods of a form's rhythm that go with a period of another: the months of a quarter, the quarter of a month. */
export function matchPeriods(period: string, frequency: PeriodKind): string[] {
  const finer = finerPeriods(period, frequency)
  return finer.length > 0 ? finer : [coarserPeriod(period, frequency)]
}

export const ListMyReports = z.object({ period: Period.optional() })

export type MyReport = {
  readonly reportId: number | null
  readonly version: number
  readonly form: Pick<FormHead, 'id' | 'code' | 'nameZh' | 'nameEn' | 'frequency'>
  readonly period: string
  readonly state: ReportStanding
  readonly dueOn: string | null
  /** Negative: overdue by so many days. Null once it is with the superior, and where there is no deadline. */
  readonly daysLeft: number | null
  readonly isLate: boolean
  readonly isZero: boolean
  /** Items that hold a figure or the reason why there is none, of those that are typed. */
  readonly filled: number
  readonly fillable: number
  readonly faults: number
  readonly openWarnings: number
  readonly submittedAt: Date | null
}

/**
 * What the body has to fill in: for the given period every form that goes with it, else the running period of each form and the
 * one before. Periods that have not begun are left out.
 */
export async function listMyReports(ctx: TenantContext, input: z.output<typeof ListMyReports>): Promise<MyReport[]> {
  requirePermission(ctx, 'report:read')
  const body = await getBody(ctx, ctx.tenantId)
  const heads = (await listForms(ctx)).filter((form) => form.fillerLevels.includes(body.level))
  const wanted = heads.flatMap((head) => {
    const current = currentPeriod(head.frequency, ctx.today)
    const periods =
      input.period === undefined ? [previousPeriod(current), current] : matchPeriods(input.period, head.frequency)
    return periods.filter((period) => isOpen(ctx, head, period)).map((period) => ({ head, period }))
  })
  if (wanted.length === 0) return []
  const rows = await ctx.db
    .selectFrom('reporting.report as r')
    .leftJoin('reporting.draft as d', 'd.report_id', 'r.id')
    .selectAll('r')
    .select([
      'd.figures as draftFigures',
      'd.marks as draftMarks',
      'd.upper_figures as draftUpper',
      'd.notes as draftNotes',
    ])
    .where('r.tenant_id', '=', ctx.tenantId)
    .where('r.period', 'in', [...new Set(wanted.map((place) => place.period))])
    .execute()
  const found = new Map(rows.map((row) => [`${row.form_id} ${row.period}`, row]))
  const forms = await findFormsById(
    ctx,
    wanted.map(({ head }) => head.id),
  )
  const findDue = await findDueDays(ctx)
  const reports: MyReport[] = []
  for (const { head, period } of wanted) {
    const form = forms.get(head.id)
    if (!form) continue
    const row = found.get(`${head.id} ${period}`)
    const stored = row?.draftFigures
      ? { figures: row.draftFigures, marks: row.draftMarks, upper_figures: row.draftUpper, notes: row.draftNotes }
      : row
    const sheet = readSheet(stored, form.items.length)
    const typed = form.items.filter((item) => item.nature !== 'ratio')
    const dueOn = row ? row.due_on : findDue(form, parsePeriod(period))
    const state = row?.state ?? ('not_started' as const)
    const isWaiting = state === 'not_started' || isEditable(state)
    reports.push({
      reportId: row?.id ?? null,
      version: row?.version ?? 0,
      form: { id: form.id, code: form.code, nameZh: form.nameZh, nameEn: form.nameEn, frequency: form.frequency },
      period,
      state,
      dueOn,
      daysLeft: isWaiting ? countDaysLeft(ctx, dueOn) : null,
      isLate: isLate(ctx, { due_on: dueOn, submitted_at: row?.submitted_at ?? null, state: row?.state ?? 'draft' }),
      isZero: row !== undefined && isCounted(row.state) && isZeroSheet(sheet),
      filled: typed.filter(
        (item) => sheet.figures[item.position - 1] !== null || isMissingReason(sheet.marks[item.position - 1]),
      ).length,
      fillable: typed.length,
      faults: readFaults(row?.faults).length,
      openWarnings: row?.open_warnings ?? 0,
      submittedAt: row?.submitted_at ?? null,
    })
  }
  return reports
}

/** The period has begun, while the form is in force. */
export function isOpen(ctx: TenantContext, form: FormHead, period: string): boolean {
  const { start, end } = parsePeriod(period)
  return start <= ctx.today && end >= form.opensOn && (form.closesOn === null || end < form.closesOn)
}
