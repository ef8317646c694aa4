import { sql } from 'kysely'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import type { FormItem } from './form-items.ts'
import { toForms, type Form, type FormRow } from './forms.ts'

/** Where an indicator is asked for: the form, and the item in it. */
export type Source = { readonly form: Form; readonly item: FormItem }

/**
 * The running form in which each indicator is asked for as a whole (no breakdown): no number is asked for twice, so there is one; where
 * a subordinate asks again, the highest issuer's counts. Indicators that nobody asks for are left out.
 *
 * Two statements however many indicators. The forms of a few issuers are met one by one, their items by (form, indicator).
 */
export async function findSources(ctx: TenantContext, indicatorIds: readonly number[]): Promise<Map<number, Source>> {
  requirePermission(ctx, 'form:read')
  if (indicatorIds.length === 0) return new Map()
  const { rows } = await sql<FormRow & { indicator_id: number }>`
    with issuer as (
      select ancestor_id as id, bool_or(hierarchy = 'regional') as is_territory,
        coalesce(max(depth) filter (where hierarchy = 'regional'), max(depth)) as depth
      from tenancy.closure where descendant_id = ${ctx.tenantId} group by ancestor_id
    )
    select distinct on (item.indicator_id) item.indicator_id, f.*
    from issuer
    join indicators.form f on f.tenant_id = issuer.id
    join indicators.form_item item on item.form_id = f.id
    where item.indicator_id = any (${[...new Set(indicatorIds)]}::int[]) and item.breakdown_zh = ''
      and cardinality(f.filler_levels) > 0 and f.opens_on <= ${ctx.today}::date and (f.closes_on is null or f.closes_on > ${ctx.today}::date)
    order by item.indicator_id, issuer.is_territory, issuer.depth desc, f.id`.execute(ctx.db)
  const forms = new Map<number, Form>()
  for (const form of await toForms(ctx, [...new Map(rows.map((row) => [row.id, row])).values()]))
    forms.set(form.id, form)
  const sources = new Map<number, Source>()
  for (const row of rows) {
    const form = forms.get(row.id)
    const item = form?.items.find(
      (candidate) => candidate.indicatorId === row.indicator_id && candidate.breakdownZh === '',
    )
    if (form && item) sources.set(row.indicator_id, { form, item })
  }
  return sources
}

/** Where one indicator is asked for; null where nobody asks. */
export async function findSource(ctx: TenantContext, indicatorId: number): Promise<Source | null> {
  return (await findSources(ctx, [indicatorId])).get(indicatorId) ?? null
}
