import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import type { FormItem } from './form-items.ts'
import { getFormById, listForms, type Form } from './forms.ts'

/**
 * The running form in which an indicator is asked for as a whole (no breakdown): no number is asked for twice, so there is one; where a
 * subordinate asks again, the highest issuer's counts.
 */
export async function findSource(
  ctx: TenantContext,
  indicatorId: number,
): Promise<{ form: Form; item: FormItem } | null> {
  requirePermission(ctx, 'form:read')
  for (const head of await listForms(ctx)) {
    const form = await getFormById(ctx, head.id)
    const item = form.items.find((candidate) => candidate.indicatorId === indicatorId && candidate.breakdownZh === '')
    if (item) return { form, item }
  }
  return null
}
