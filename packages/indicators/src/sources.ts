import { sql } from 'kysely'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import type { FormItem } from './form-items.ts'
import { toForm, type Form } from './forms.ts'
import { listIssuers } from './issuers.ts'

/**
 * The running form in which an indicator is asked for as a whole (no breakdown): no number is asked for twice, so there is
 * one; where a subordinate asks again, the highest issuer's counts. The forms of a few issuers are met one by one, their
 * items by (form, indicator).
 */
export async function findSource(
  ctx: TenantContext,
  indicatorId: number,
): Promise<{ form: Form; item: FormItem } | null> {
  requirePermission(ctx, 'form:read')
  const issuers = (await listIssuers(ctx)).map((body) => body.id)
  const rows = await ctx.db
    .selectFrom('indicators.form as f')
    .innerJoin('indicators.form_item as item', 'item.form_id', 'f.id')
    .selectAll('f')
    .where('f.tenant_id', '=', sql<number>`any (${issuers})`)
    .where('item.indicator_id', '=', indicatorId)
    .where('item.breakdown_zh', '=', '')
    .where(sql<boolean>`cardinality(f.filler_levels) > 0`)
    .where('f.opens_on', '<=', ctx.today)
    .where((eb) => eb.or([eb('f.closes_on', 'is', null), eb('f.closes_on', '>', ctx.today)]))
    .execute()
  const [highest] = rows.toSorted((a, b) => issuers.indexOf(b.tenant_id) - issuers.indexOf(a.tenant_id) || a.id - b.id)
  if (highest === undefined) return null
  const form = await toForm(ctx, highest)
  const item = form.items.find((candidate) => candidate.indicatorId === indicatorId && candidate.breakdownZh === '')
  return item === undefined ? null : { form, item }
}
