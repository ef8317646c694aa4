import { sql } from 'kysely'
import { getFormById, parsePeriod } from '@gonglian/indicators'
import { systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { readBacklog } from './dirty.ts'
import { listPeriods, type Place } from './periods.ts'
import { hierarchies, readRoot, type Hierarchy } from './tree.ts'

/** One place where a stored total is not what the reports say. Null stands for a missing total or figure. */
export type Difference = {
  readonly formId: number
  readonly period: string
  readonly hierarchy: Hierarchy
  readonly tenantId: number
  /** For figures the position in the form, else null. */
  readonly position: number | null
  readonly what:
    | 'reported'
    | 'accepted'
    | 'reported_inexact'
    | 'accepted_inexact'
    | 'expected_count'
    | 'reported_count'
    | 'reviewed_count'
    | 'accepted_count'
  readonly stored: string | null
  readonly computed: string | null
}

export type Verdict = {
  readonly periods: number
  /** Marks the worker has not taken yet: while there are any, differences may only be late. */
  readonly waiting: number
  readonly differences: Difference[]
}

/**
 * Computes every total another way and compares: each single report walks up from its body to the top and is added to every body on
 * its way, instead of level by level through stored totals. Nothing is read from rollup.total but what is compared (P2).
 *
 * Slow on purpose: every figure is unnested once per level. A quarter of 41,352 townships x 200 items takes about half a minute.
 */
export async function verifyTotals(deps: Deps, only: Only = {}): Promise<Verdict> {
  const root = await withTenant(deps, systemActor('verify', 0), readRoot)
  if (root === null) return { periods: 0, waiting: 0, differences: [] }
  const periods = await withTenant(deps, systemActor('verify', root), (ctx) => listPeriodsToVerify(ctx, only))
  const differences: Difference[] = []
  for (const { formId, period } of periods) {
    const found: Difference[] = []
    for (const hierarchy of hierarchies) {
      found.push(
        ...(await withTenant(deps, systemActor('verify', root), (ctx) => compare(ctx, { formId, period, hierarchy }))),
      )
    }
    await withTenant(deps, systemActor('verify', root), (ctx) => note(ctx, { formId, period }, found.length))
    differences.push(...found)
  }
  const { marks: waiting } = await readBacklog(deps)
  return { periods: periods.length, waiting, differences }
}

/** Which form periods to look at; nothing said: all. */
type Only = { readonly formId?: number; readonly period?: string; readonly places?: readonly Place[] }

async function listPeriodsToVerify(ctx: TenantContext, only: Only): Promise<Place[]> {
  const asked = only.places ?? (await listPeriods(ctx))
  return asked.filter(
    ({ formId, period }) =>
      (only.formId === undefined || formId === only.formId) && (only.period === undefined || period === only.period),
  )
}

/** Remembers when a form period was looked at and what was found. */
async function note(ctx: TenantContext, { formId, period }: Place, differences: number): Promise<void> {
  const seen = { verified_at: ctx.now, differences }
  await ctx.db
    .insertInto('rollup.verification')
    .values({ form_id: formId, period, ...seen })
    .onConflict((conflict) => conflict.columns(['form_id', 'period']).doUpdateSet(seen))
    .execute()
}

async function compare(
  ctx: TenantContext,
  key: { formId: number; period: string; hierarchy: Hierarchy },
): Promise<Difference[]> {
  const form = await getFormById(ctx, key.formId)
  const summed = form.items.filter((item) => item.additivity === 'sum').map((item) => item.position)
  const { end } = parsePeriod(key.period)
  // The planner takes the policy's array for ten bodies and would look each of 44,704 up by scanning all others.
  await sql`select set_config('jit', 'off', true), set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('work_mem', '96MB', true)`.execute(
    ctx.db,
  )
  const { rows } = await sql<Difference>`
    with recursive own as materialized (
      select tenant_id, state, figures, marks from reporting.report
      where form_id = ${key.formId} and period = ${key.period} and state in ('submitted', 'accepted', 'correcting')
    ), edge as materialized (
      select l.federation_id as child, l.parent_id as parent,
        -- Does the superior take in what this body has accepted?
        case when own.state is null then f.level <> all (${form.fillerLevels}::text[]) else own.state <> 'submitted' end as passes
      from tenancy.link l join tenancy.federation f on f.id = l.federation_id left join own on own.tenant_id = l.federation_id
      where l.hierarchy = ${key.hierarchy} and l.valid_from <= ${end}::date and (l.valid_to is null or l.valid_to > ${end}::date)
    ), branch as materialized (
      select distinct parent as id from edge
    ), walk as (
      select f.id as origin, f.id as at, true as passed
      from tenancy.federation f where f.id in (select child from edge) or f.id in (select id from branch)
      union all
      select walk.origin, edge.parent, walk.passed and edge.passes from walk join edge on edge.child = walk.at
    ), path as materialized (
      select walk.* from walk join branch on branch.id = walk.at
    ), figure as (
      select path.at, u.position, sum(u.value) as reported, sum(u.value) filter (where path.passed) as accepted
      from path join own on own.tenant_id = path.origin cross join lateral unnest(own.figures) with ordinality as u(value, position)
      where u.position = any (${summed}::int[])
      group by 1, 2
    ), inexact as (
      select path.at, u.position, bool_or(path.passed) as accepted
      from path join own on own.tenant_id = path.origin and own.marks is not null cross join lateral unnest(own.marks) with ordinality as u(mark, position)
      where u.mark between 1 and 6 and u.position = any (${summed}::int[])
      group by 1, 2
    ), counts as (
      select path.at, count(*) filter (where f.level = any (${form.fillerLevels}::text[])) as expected, count(own.tenant_id) as reported,
        count(*) filter (where own.state <> 'submitted') as reviewed, count(own.tenant_id) filter (where path.passed) as accepted
      from path join tenancy.federation f on f.id = path.origin left join own on own.tenant_id = path.origin
      group by 1
    ), stored as materialized (
      select * from rollup.total where form_id = ${key.formId} and period = ${key.period} and hierarchy = ${key.hierarchy}
    ), stored_figure as (
      select s.tenant_id, u.position, u.reported, u.accepted
      from stored s cross join lateral unnest(s.reported, s.accepted) with ordinality as u(reported, accepted, position)
    ), difference as (
      select coalesce(c.at, s.tenant_id) as tenant_id, coalesce(c.position, s.position)::int as position, side.what, side.stored::text, side.computed::text
      from figure c full join stored_figure s on s.tenant_id = c.at and s.position = c.position
      cross join lateral (values ('reported', s.reported::numeric, c.reported), ('accepted', s.accepted, c.accepted)) as side(what, stored, computed)
      where side.stored is distinct from side.computed
      union all
      select coalesce(c.at, s.tenant_id), coalesce(c.position, s.position)::int, side.what, side.stored::text, side.computed::text
      from inexact c
      full join (select tenant_id, position, bool_or(not accepted) as in_reported, bool_or(accepted) as in_accepted from (
        select tenant_id, unnest(reported_inexact) as position, false as accepted from stored
        union all select tenant_id, unnest(accepted_inexact), true from stored) both_sides group by 1, 2
      ) s on s.tenant_id = c.at and s.position = c.position
      cross join lateral (values
        ('reported_inexact', coalesce(s.in_reported, false), c.at is not null),
        ('accepted_inexact', coalesce(s.in_accepted, false), coalesce(c.accepted, false))) as side(what, stored, computed)
      where side.stored <> side.computed
      union all
      select coalesce(c.at, s.tenant_id), null, side.what, side.stored::text, side.computed::text
      from counts c full join stored s on s.tenant_id = c.at
      cross join lateral (values ('expected_count', s.expected_count, c.expected), ('reported_count', s.reported_count, c.reported),
        ('reviewed_count', s.reviewed_count, c.reviewed), ('accepted_count', s.accepted_count, c.accepted)) as side(what, stored, computed)
      where side.stored is distinct from side.computed
        -- Of a form that nobody owes (history), only bodies with something below them have a total.
        and not (s.tenant_id is null and c.expected = 0 and c.reported = 0)
    )
    select ${key.formId}::int as "formId", ${key.period} as period, ${key.hierarchy} as hierarchy, tenant_id as "tenantId", position, what, stored, computed
    from difference order by tenant_id, position, what limit 1000`.execute(ctx.db)
  return rows
}
