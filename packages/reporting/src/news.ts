import { sql } from 'kysely'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { childrenOf } from './children.ts'
import { readFaults } from './versions.ts'

const Decision = z.enum(['accepted', 'returned', 'reopened', 'correction_refused'])
const Step = z.enum(['submitted', 'correction_requested'])

export type Decided = {
  readonly at: Date
  readonly event: z.infer<typeof Decision>
  readonly formId: number
  readonly period: string
  readonly reason: string
}

/** What the superior has decided about the body's own reports since a moment, newest first. */
export async function listDecisions(ctx: TenantContext, input: { since: Date; limit: number }): Promise<Decided[]> {
  requirePermission(ctx, 'report:read')
  const rows = await ctx.db
    .selectFrom('reporting.report_version as v')
    .innerJoin('reporting.report as r', 'r.id', 'v.report_id')
    .select(['v.at', 'v.event', 'v.reason', 'v.faults', 'r.form_id', 'r.period'])
    .where('v.tenant_id', '=', ctx.tenantId)
    .where('v.at', '>', input.since)
    .where('v.event', 'in', Decision.options)
    .orderBy('v.at', 'desc')
    .orderBy('v.id', 'desc')
    .limit(input.limit)
    .execute()
  return rows.map((row) => ({
    at: row.at,
    event: Decision.parse(row.event),
    formId: row.form_id,
    period: row.period,
    reason: row.reason || (readFaults(row.faults)[0]?.reason ?? ''),
  }))
}

export type HandedIn = {
  /** Of the latest. */
  readonly at: Date
  readonly event: z.infer<typeof Step>
  readonly formId: number
  readonly period: string
  /** Each once, the latest first. */
  readonly bodyIds: readonly number[]
}

/**
 * What those directly below have handed in or asked for since a moment, together by form and period, newest first. Reads their
 * steps by (tenant_id, at).
 */
export async function listHandedIn(ctx: TenantContext, input: { since: Date; limit: number }): Promise<HandedIn[]> {
  requirePermission(ctx, 'report:read')
  const { rows } = await sql<{ at: Date; event: string; form_id: number; period: string; bodies: number[] }>`
    select max(v.at) as at, v.event, r.form_id, r.period, array_agg(v.tenant_id order by v.at desc) as bodies
    from reporting.report_version v
    join reporting.report r on r.id = v.report_id and r.tenant_id = any (${childrenOf(ctx)})
    where v.tenant_id = any (${childrenOf(ctx)}) and v.at > ${input.since}
      and v.event in ('submitted', 'correction_requested')
    group by v.event, r.form_id, r.period order by 1 desc limit ${input.limit}`.execute(ctx.db)
  return rows.map((row) => ({
    at: row.at,
    event: Step.parse(row.event),
    formId: row.form_id,
    period: row.period,
    bodyIds: [...new Set(row.bodies)],
  }))
}
