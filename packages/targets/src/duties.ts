import { sql } from 'kysely'
import { z } from 'zod'
import { listChildren, requirePermission, type TenantContext } from '@gonglian/tenancy'
import type { Hierarchy } from './plans.ts'

const DutyKind = z.enum(['accept', 'sign', 'split', 'settle', 'issue'])
/**
 * accept, sign: shares of mine that wait for my answer or signature; split: accepted and not yet split; issue: splits prepared and
 * seen by nobody below; settle: disputes that wait for my word.
 */
export type Duty = {
  kind: z.infer<typeof DutyKind>
  planId: number
  planName: string
  year: number
  items: number
  since: Date | null
}

/** What waits for the body in its plans: one line per plan and kind. */
export async function listDuties(ctx: TenantContext): Promise<Duty[]> {
  requirePermission(ctx, 'target:read')
  // My shares by allocation_pkey; those I gave by allocation_children of the items I hold.
  const { rows } = await sql<{
    kind: string
    plan_id: number
    name: string
    year: number
    hierarchy: Hierarchy
    items: number
    since: Date | null
  }>`
    with mine as (
      select a.item_id, a.state, a.reserve, a.above_id, a.issued_at, a.answered_at, i.plan_id, p.name, p.year, p.hierarchy
      from targets.allocation a join targets.item i on i.id = a.item_id join targets.plan p on p.id = i.plan_id
      where a.receiver_id = ${ctx.tenantId} and p.state = 'issued'
    ), duty as (
      select plan_id, name, year, hierarchy, issued_at as since, 'accept' as kind from mine where above_id is not null and state = 'issued'
      union all
      select plan_id, name, year, hierarchy, answered_at, 'sign' from mine where above_id is not null and state in ('accepted', 'settled')
      union all
      select m.plan_id, m.name, m.year, m.hierarchy, c.answered_at, 'settle'
      from mine m join targets.allocation c on c.item_id = m.item_id and c.above_id = ${ctx.tenantId} and c.state = 'disputed'
      union all
      select m.plan_id, m.name, m.year, m.hierarchy, null::timestamptz, 'issue' from mine m
      where exists (select 1 from targets.allocation c where c.item_id = m.item_id and c.above_id = ${ctx.tenantId} and c.state = 'draft')
      union all
      select m.plan_id, m.name, m.year, m.hierarchy, coalesce(m.answered_at, m.issued_at), 'split' from mine m
      where m.reserve is null and (m.above_id is null or m.state in ('accepted', 'settled', 'signed'))
    )
    select kind, plan_id, name, year, hierarchy, count(*)::int as items, min(since) as since
    from duty group by kind, plan_id, name, year, hierarchy order by kind, plan_id`.execute(ctx.db)
  // Whoever has nobody below in the plan's hierarchy has nothing to split.
  const splitting = new Set(rows.filter((row) => row.kind === 'split').map((row) => row.hierarchy))
  const childless = new Set<Hierarchy>()
  for (const hierarchy of splitting) {
    if ((await listChildren(ctx, ctx.tenantId, hierarchy)).length === 0) childless.add(hierarchy)
  }
  return rows
    .filter((row) => row.kind !== 'split' || !childless.has(row.hierarchy))
    .map((row) => ({
      kind: DutyKind.parse(row.kind),
      planId: row.plan_id,
      planName: row.name,
      year: row.year,
      items: row.items,
      since: row.since,
    }))
}

const EventKind = z.enum(['issued', 'answered', 'changed', 'signed'])
export type TargetEvent = {
  at: Date
  kind: z.infer<typeof EventKind>
  planId: number
  planName: string
  itemId: number
  bodyId: number
  isOwn: boolean
}

/**
 * What happened to the body's shares and to those it gave since a moment, newest first: issued to it, answered below it, changed,
 * signed below it.
 */
export async function listTargetEvents(
  ctx: TenantContext,
  input: { since: Date; limit: number },
): Promise<TargetEvent[]> {
  requirePermission(ctx, 'target:read')
  const me = ctx.tenantId
  const { rows } = await sql<{
    at: Date
    kind: string
    plan_id: number
    name: string
    item_id: number
    body_id: number
  }>`
    with mine as (
      select a.item_id, i.plan_id, p.name from targets.allocation a join targets.item i on i.id = a.item_id join targets.plan p on p.id = i.plan_id
      where a.receiver_id = ${me}
    ), event as materialized (
      select a.issued_at as at, 'issued' as kind, a.item_id, a.receiver_id as body_id
      from targets.allocation a where a.receiver_id = ${me} and a.above_id is not null and a.issued_at > ${input.since}
      union all
      select c.answered_at, 'answered', c.item_id, c.receiver_id
      from mine m join targets.allocation c on c.item_id = m.item_id and c.above_id = ${me} and c.answered_at > ${input.since}
      union all
      select l.signed_at, 'signed', c.item_id, c.receiver_id
      from mine m join targets.allocation c on c.item_id = m.item_id and c.above_id = ${me}
      join targets.letter l on l.id = c.letter_id and l.signed_at > ${input.since}
      union all
      select d.at, 'changed', d.item_id, d.receiver_id
      from mine m join targets.amendment d on d.item_id = m.item_id and ${me} in (d.receiver_id, d.tenant_id) and d.at > ${input.since}
    )
    select e.at, e.kind, m.plan_id, m.name, e.item_id, e.body_id from event e join mine m on m.item_id = e.item_id
    order by e.at desc, e.item_id, e.body_id limit ${input.limit}`.execute(ctx.db)
  return rows.map((row) => ({
    at: row.at,
    kind: EventKind.parse(row.kind),
    planId: row.plan_id,
    planName: row.name,
    itemId: row.item_id,
    bodyId: row.body_id,
    isOwn: row.body_id === me,
  }))
}
