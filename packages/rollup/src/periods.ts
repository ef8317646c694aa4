import { sql } from 'kysely'
import type { TenantContext } from '@gonglian/tenancy'

export type Place = { readonly formId: number; readonly period: string }

/**
 * Every form and period that has totals, reports that count, or work that waits. Steps from one (form, period) to the next in the indexes
 * of total and report instead of reading their millions of rows.
 */
export async function listPeriods(ctx: TenantContext): Promise<Place[]> {
  const { rows } = await sql<Place>`
    with recursive totalled as (
      (select form_id, period from rollup.total order by form_id, period limit 1)
      union all
      select later.form_id, later.period from totalled cross join lateral (
        select t.form_id, t.period from rollup.total t where (t.form_id, t.period) > (totalled.form_id, totalled.period)
        order by t.form_id, t.period limit 1) later
    ), reported as (
      (select form_id, period from reporting.report where state in ('submitted', 'accepted', 'correcting') order by form_id, period limit 1)
      union all
      select later.form_id, later.period from reported cross join lateral (
        select r.form_id, r.period from reporting.report r
        where (r.form_id, r.period) > (reported.form_id, reported.period) and r.state in ('submitted', 'accepted', 'correcting')
        order by r.form_id, r.period limit 1) later
    )
    select form_id as "formId", period from (
      select form_id, period from totalled
      union select form_id, period from reported
      union select form_id, period from rollup.dirty
      union select form_id, period from rollup.recount where period is not null
    ) known
    order by 1, 2`.execute(ctx.db)
  return rows
}
