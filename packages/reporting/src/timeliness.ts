import { listForms, listPeriods, parsePeriod, type FormHead } from '@gonglian/indicators'
import { DomainError, keepBelow, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { isOpen } from './obligations.ts'
import { findDueDays, getBody, isLate } from './reports.ts'
import type { ReportStanding } from './states.ts'

export const ListTimeliness = z.object({
  bodyId: z.int().positive().optional(),
  year: z.int().min(1949).max(2999),
})

/** How one report was handed in. */
export type HandIn = {
  readonly period: string
  readonly state: ReportStanding
  readonly dueOn: string | null
  readonly submittedAt: Date | null
  /** `missing`: the deadline has passed without it; `open`: it has not. */
  readonly verdict: 'onTime' | 'late' | 'missing' | 'open'
}

export type Timeliness = {
  readonly forms: {
    readonly form: Pick<FormHead, 'id' | 'code' | 'nameZh' | 'nameEn' | 'frequency'>
    /** The periods of the year that have ended, first to last. */
    readonly periods: HandIn[]
  }[]
  /** What is on record of each year, the newest first. */
  readonly years: { readonly year: number; readonly handedIn: number; readonly late: number }[]
}

/**
 * 报送情况: whether a body hands in on time, form by form in a year, and in the years before. One read of its own reports by (tenant_id,
 * period_end).
 *
 * @throws DomainError not_found for a body that is neither one's own nor below
 */
export async function listTimeliness(ctx: TenantContext, input: z.output<typeof ListTimeliness>): Promise<Timeliness> {
  requirePermission(ctx, 'report:read')
  const bodyId = input.bodyId ?? ctx.tenantId
  // Reports of superiors are not in sight: without this they would look like missing ones.
  if (bodyId !== ctx.tenantId && !(await keepBelow(ctx, [bodyId])).has(bodyId)) {
    throw new DomainError('not_found', 'errors.bodyNotFound')
  }
  const body = await getBody(ctx, bodyId)
  const heads = (await listForms(ctx)).filter((form) => form.fillerLevels.includes(body.level))
  const findDue = await findDueDays(ctx)
  const rows = await ctx.db
    .selectFrom('reporting.report')
    .select(['form_id', 'period', 'state', 'due_on', 'submitted_at'])
    .where('tenant_id', '=', body.id)
    .where('period_end', '>=', `${input.year}-01-01`)
    .where('period_end', '<=', `${input.year}-12-31`)
    .execute()
  const found = new Map(rows.map((row) => [`${row.form_id} ${row.period}`, row]))
  const forms = heads.map((head) => {
    const periods = listPeriods(head.frequency, input.year)
      .filter((period) => isOpen(ctx, head, period) && parsePeriod(period).end < ctx.today)
      .map((period): HandIn => {
        const row = found.get(`${head.id} ${period}`)
        const dueOn = row ? row.due_on : findDue(head, parsePeriod(period))
        const submittedAt = row?.submitted_at ?? null
        const state = row?.state ?? 'not_started'
        const tooLate = isLate(ctx, { due_on: dueOn, submitted_at: submittedAt, state: row?.state ?? 'draft' })
        const isWaiting = state === 'not_started' || state === 'draft' || state === 'returned'
        const verdict = isWaiting ? (tooLate ? 'missing' : 'open') : tooLate ? 'late' : 'onTime'
        return { period, state, dueOn, submittedAt, verdict }
      })
    const { id, code, nameZh, nameEn, frequency } = head
    return { form: { id, code, nameZh, nameEn, frequency }, periods }
  })
  return { forms: forms.filter(({ periods }) => periods.length > 0), years: await countYears(ctx, body.id) }
}

async function countYears(ctx: TenantContext, bodyId: number): Promise<Timeliness['years']> {
  const { rows } = await sql<Timeliness['years'][number]>`
    select extract(year from period_end)::int as year, count(*)::int as "handedIn",
      (count(*) filter (where (submitted_at at time zone 'Asia/Shanghai')::date > due_on))::int as late
    from reporting.report
    where tenant_id = ${bodyId} and submitted_at is not null and state not in ('draft', 'returned')
    group by 1 order by 1 desc`.execute(ctx.db)
  return rows
}
