import { sql } from 'kysely'
import { parsePeriod } from '@gonglian/indicators'
import { defineJob } from '@gonglian/jobs'
import { systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { announce } from './live.ts'

/** "Something is out of date." Carries nothing: what is out of date stands in the database. */
export const RollupWake = defineJob({ name: 'rollup.wake', schema: z.object({}) })
/** Looks every few seconds for what a lost wake-up left behind. */
export const RollupSweep = defineJob({ name: 'rollup.sweep', schema: z.object({}), attempts: 1 })
export const sweepEveryMs = 5000

/**
 * Says, in the transaction that changes reports, which totals are out of date: those of the bodies themselves, if anybody is
 * below them, and of their superiors, in both hierarchies of the period's last day (P5). Wakes the worker after the commit and tells
 * open pages of these bodies that their reports changed. The caller has checked the permission for the change itself.
 */
export async function markDirty(
  ctx: TenantContext,
  input: { formId: number; period: string; tenantId: number | readonly number[] },
): Promise<void> {
  const tenants = typeof input.tenantId === 'number' ? [input.tenantId] : input.tenantId
  const { end } = parsePeriod(input.period)
  // A link names the superior's total when its lower end is one of the bodies, and the body's own when its upper end is.
  await sql`
    insert into rollup.dirty (form_id, period, hierarchy, tenant_id)
    select distinct ${input.formId}::int, ${input.period}, l.hierarchy, l.parent_id from (
      select hierarchy, parent_id, valid_from, valid_to from tenancy.link where federation_id = any (${tenants}::int[])
      union all
      select hierarchy, parent_id, valid_from, valid_to from tenancy.link where parent_id = any (${tenants}::int[])
    ) l
    where l.valid_from <= ${end}::date and (l.valid_to is null or l.valid_to > ${end}::date)`.execute(ctx.db)
  await announce(
    ctx,
    tenants.map((tenantId) => ({ tenantId, formId: input.formId, period: input.period })),
  )
  ctx.enqueue(RollupWake, {}, { key: RollupWake.name })
}

export type Backlog = { readonly marks: number; readonly oldest: Date | null }

/** How much waits for the worker, over all bodies: two numbers for the operator's page. The caller checks `queue:read`. */
export async function readBacklog(deps: Deps): Promise<Backlog> {
  return withTenant(deps, systemActor('rollup', 0), (ctx) =>
    ctx.db
      .selectFrom('rollup.dirty')
      .select((eb) => [eb.fn.countAll<number>().as('marks'), eb.fn.min('marked_at').as('oldest')])
      .executeTakeFirstOrThrow(),
  )
}
