import { sql } from 'kysely'
import {
  Period,
  coarserPeriod,
  currentPeriod,
  finerPeriods,
  getForm,
  getFormById,
  listForms,
  parsePeriod,
  previousPeriod,
  type Form,
  type FormHead,
  type PeriodKind,
} from '@gonglian/indicators'
import { isMissingReason } from '@gonglian/indicators/figures'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { isZeroSheet, readSheet } from './cells.ts'
import { FormCode, findDueDay, getBody, isLate } from './reports.ts'
import { isCounted, isEditable, type ReportStanding } from './states.ts'
import { readFaults } from './versions.ts'

const DAY_MS = 86_400_000

/** Days from today to the deadline; negative after it. */
function countDaysLeft(ctx: TenantContext, dueOn: string | null): number | null {
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
  const forms = new Map<number, Form>()
  for (const { head } of wanted) if (!forms.has(head.id)) forms.set(head.id, await getFormById(ctx, head.id))
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
    const dueOn = row ? row.due_on : await findDueDay(ctx, form, parsePeriod(period))
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

export const ListMissing = z.object({
  form: FormCode,
  period: Period,
  /** Only bodies directly below, or everybody below. */
  scope: z.enum(['children', 'all']).default('children'),
  search: z.string().trim().max(60).default(''),
  page: z.int().min(1).max(10_000).default(1),
  pageSize: z.int().min(1).max(500).default(50),
})

export type MissingReport = {
  readonly bodyId: number
  readonly code: string
  readonly name: string
  /** The superior who waits for it first. */
  readonly parentId: number
  readonly state: 'not_started' | 'draft' | 'returned'
  /** When it was sent back. */
  readonly returnedAt: Date | null
  readonly dueOn: string | null
  /** 0 before the deadline. */
  readonly daysLate: number
}

/**
 * Who owes a report and has not given it, by the tree of the period's end. Hash joins: the bodies below (closure), their links and
 * the reports of (form, period), each read once.
 */
export async function listMissing(
  ctx: TenantContext,
  input: z.output<typeof ListMissing>,
): Promise<{ missing: MissingReport[]; total: number; expected: number }> {
  requirePermission(ctx, 'report:read')
  const form = await getForm(ctx, input.form)
  const span = parsePeriod(input.period)
  const needle = `%${input.search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  const dueOn = await findDueDay(ctx, form, span)
  type Row = {
    bodyId: number
    code: string
    name: string
    parentId: number
    state: MissingReport['state']
    returnedAt: Date | null
    dueOn: string | null
    total: number
    expected: number
  }
  const { rows } = await sql<Row>`
    with own as materialized (
      select tenant_id, state, decided_at, due_on from reporting.report where form_id = ${form.id} and period = ${input.period}
    ), owing as (
      select f.id, f.code, f.name, l.parent_id, coalesce(own.state, 'not_started') as state, own.decided_at, own.due_on,
        (f.name like ${needle} or f.pinyin like ${needle} or f.initials like ${needle} or lower(f.code) like ${needle}) as matches
      from tenancy.closure c
      join tenancy.federation f on f.id = c.descendant_id
      join tenancy.link l on l.federation_id = f.id and l.hierarchy = 'regional'
        and l.valid_from <= ${span.end}::date and (l.valid_to is null or l.valid_to > ${span.end}::date)
      left join own on own.tenant_id = f.id
      where c.ancestor_id = ${ctx.tenantId} and c.hierarchy = 'regional' and c.depth > 0
        and (${input.scope} = 'all' or c.depth = 1) and f.level = any (${form.fillerLevels}::text[])
    ), counted as (select count(*)::int as expected from owing)
    select o.id as "bodyId", o.code, o.name, o.parent_id as "parentId", o.state, case when o.state = 'returned' then o.decided_at end as "returnedAt",
      o.due_on as "dueOn", count(*) over ()::int as total, counted.expected
    from counted left join owing o on o.matches and o.state in ('not_started', 'draft', 'returned')
    order by o.code limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}`.execute(ctx.db)
  const [first] = rows
  const missing = rows.filter((row) => row.bodyId !== null)
  return {
    expected: first?.expected ?? 0,
    total: missing.length > 0 ? (first?.total ?? 0) : 0,
    missing: missing.map(({ bodyId, code, name, parentId, state, returnedAt, dueOn: ownDue }) => {
      const due = ownDue ?? dueOn
      return {
        bodyId,
        code,
        name,
        parentId,
        state,
        returnedAt,
        dueOn: due,
        daysLate: Math.max(0, -(countDaysLeft(ctx, due) ?? 0)),
      }
    }),
  }
}
