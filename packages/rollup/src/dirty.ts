import { defineJob } from '@gonglian/jobs'
import type { TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { announce } from './live.ts'
import type { Place } from './periods.ts'

/** "Something is out of date." Carries nothing: what is out of date stands in the database. */
export const RollupWake = defineJob({ name: 'rollup.wake', schema: z.object({}) })

/**
 * Says, in the transaction that changes reports, that they changed. The worker finds the totals they enter: the superior of a closed
 * period (P5) or of the other hierarchy may be out of the sight of whoever reports. Wakes the worker after the commit and tells open
 * pages of these bodies. The caller has checked the permission for the change itself.
 */
export async function markDirty(
  ctx: TenantContext,
  input: { formId: number; period: string; tenantId: number | readonly number[] },
): Promise<void> {
  const { formId, period } = input
  const tenants = typeof input.tenantId === 'number' ? [input.tenantId] : input.tenantId
  if (tenants.length === 0) return
  await ctx.db
    .insertInto('rollup.dirty')
    .values(tenants.map((tenantId) => ({ form_id: formId, period, tenant_id: tenantId })))
    .execute()
  await announce(
    ctx,
    tenants.map((tenantId) => ({ tenantId, formId, period })),
  )
  ctx.enqueue(RollupWake, {}, { key: RollupWake.name })
}

/**
 * Says that all totals of these periods are to be computed anew: for loaders of many reports and for repairs, where a mark for each body
 * would cost more than the computation. Wakes the worker after the commit. Only for system actors.
 */
export async function markRecount(ctx: TenantContext, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return
  await ctx.db
    .insertInto('rollup.recount')
    .values(places.map(({ formId, period }) => ({ form_id: formId, period })))
    .execute()
  ctx.enqueue(RollupWake, {}, { key: RollupWake.name })
}
