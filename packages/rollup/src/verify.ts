import { sql } from 'kysely'
import { getFormById, parsePeriod } from '@gonglian/indicators'
import { systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { readBacklog } from './backlog.ts'
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
    /** What a superior accepted is not the accepted version with the acceptances it is made of. */
    | 'acceptance'
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
 * its way, instead of level by level through stored totals. What was accepted walks up from the acceptance to the body that accepted it. Nothing is
 * read from rollup.total but what is compared (P2). The acceptances themselves are added up anew from the versions they name.
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
        ...(await withTenant(deps, systemActor('verify', root), async (ctx) => [
          ...(await compare(ctx, { formId, period, hierarchy })),
          ...(await compareAcceptances(ctx, { formId, period, hierarchy })),
        ])),
      )
    }
    await withTenant(deps, systemActor('verify', root), (ctx) => note(ctx, { formId, period }, found.length))
    differences.push(...found)
  }
  const { marks, moves } = await readBacklog(deps)
  return { periods: periods.length, waiting: marks + moves, differences }
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
    ), taken as materialized (
      select a.tenant_id, coalesce(s.figures, v.figures) as figures, coalesce(s.accepted_count, 1) as count,
        case when s.acceptance_id is not null then s.inexact else array(
          select position::int from unnest(v.marks) with ordinality as u(mark, position) where mark between 1 and 6 and position = any (${summed}::int[])) end as inexact
      from reporting.acceptance a
      join reporting.report_version v on v.report_id = a.report_id and v.version = a.version and v.figures is not null and v.report_id = any (array(
        select report_id from reporting.acceptance where form_id = ${key.formId} and period = ${key.period} and ended_at is null))
      left join reporting.accepted_total s on s.acceptance_id = a.id and s.hierarchy = ${key.hierarchy} and s.form_id = ${key.formId} and s.period = ${key.period}
      where a.form_id = ${key.formId} and a.period = ${key.period} and a.ended_at is null
    ), edge as materialized (
      select l.federation_id as child, l.parent_id as parent,
        -- Nothing of its own to accept: what it has accepted is its superior's too.
        own.tenant_id is null and taken.tenant_id is null and f.level <> all (${form.fillerLevels}::text[]) as passes
      from tenancy.link l join tenancy.federation f on f.id = l.federation_id left join own on own.tenant_id = l.federation_id
      left join taken on taken.tenant_id = l.federation_id
      where l.hierarchy = ${key.hierarchy} and l.valid_from <= ${end}::date and (l.valid_to is null or l.valid_to > ${end}::date)
    ), branch as materialized (
      select distinct parent as id from edge
    ), walk as (
      select f.id as origin, f.id as at
      from tenancy.federation f where f.id in (select child from edge) or f.id in (select id from branch)
      union all
      select walk.origin, edge.parent from walk join edge on edge.child = walk.at
    ), path as materialized (
      select walk.* from walk join branch on branch.id = walk.at
    ), carry as (
      select taken.tenant_id as origin, edge.parent as at from taken join edge on edge.child = taken.tenant_id
      union all
      select carry.origin, edge.parent from carry join edge on edge.child = carry.at and edge.passes
    ), piece as materialized (
      select path.at, own.figures, case when own.marks is not null then array(
          select position::int from unnest(own.marks) with ordinality as u(mark, position) where mark between 1 and 6 and position = any (${summed}::int[])) end as inexact,
        true as is_reported, path.origin = path.at as is_accepted, 1 as count
      from path join own on own.tenant_id = path.origin
      union all
      select carry.at, taken.figures, taken.inexact, false, true, taken.count from carry join taken on taken.tenant_id = carry.origin
    ), figure as (
      select piece.at, u.position, sum(u.value) filter (where is_reported) as reported, sum(u.value) filter (where is_accepted) as accepted
      from piece cross join lateral unnest(piece.figures) with ordinality as u(value, position)
      where u.position = any (${summed}::int[])
      group by 1, 2
    ), inexact as (
      select piece.at, u.position, bool_or(is_reported) as reported, bool_or(is_accepted) as accepted
      from piece cross join lateral unnest(piece.inexact) as u(position)
      group by 1, 2
    ), accepted_counts as (
      select at, sum(count) filter (where is_accepted) as accepted from piece group by 1
    ), counts as (
      select path.at, count(*) filter (where f.level = any (${form.fillerLevels}::text[])) as expected, count(own.tenant_id) as reported,
        count(*) filter (where own.state <> 'submitted') as reviewed, coalesce(max(a.accepted), 0) as accepted
      from path join tenancy.federation f on f.id = path.origin left join own on own.tenant_id = path.origin
      left join accepted_counts a on a.at = path.at
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
        ('reported_inexact', coalesce(s.in_reported, false), coalesce(c.reported, false)),
        ('accepted_inexact', coalesce(s.in_accepted, false), coalesce(c.accepted, false))) as side(what, stored, computed)
      where side.stored <> side.computed
      union all
      select coalesce(c.at, s.tenant_id), null, side.what, side.stored::text, side.computed::text
      from counts c full join stored s on s.tenant_id = c.at
      cross join lateral (values ('expected_count', s.expected_count, c.expected), ('reported_count', s.reported_count, c.reported),
        ('reviewed_count', s.reviewed_count, c.reviewed), ('accepted_count', s.accepted_count, c.accepted)) as side(what, stored, computed)
      where side.stored is distinct from side.computed
        -- Of a form that nobody owes (history), only bodies with something below them have a total.
        and not (s.tenant_id is null and c.expected = 0 and c.reported = 0 and c.accepted = 0)
    )
    select ${key.formId}::int as "formId", ${key.period} as period, ${key.hierarchy} as hierarchy, tenant_id as "tenantId", position, what, stored, computed
    from difference order by tenant_id, position, what limit 1000`.execute(ctx.db)
  return rows
}

/** Adds each acceptance in force up anew, position by position: the version it accepted and the acceptances it is made of. */
async function compareAcceptances(
  ctx: TenantContext,
  key: { formId: number; period: string; hierarchy: Hierarchy },
): Promise<Difference[]> {
  const form = await getFormById(ctx, key.formId)
  const summed = form.items.filter((item) => item.additivity === 'sum').map((item) => item.position)
  const { rows } = await sql<Difference>`
    with whole as materialized (
      select s.* from reporting.accepted_total s join reporting.acceptance a on a.id = s.acceptance_id and a.ended_at is null
      where s.form_id = ${key.formId} and s.period = ${key.period} and s.hierarchy = ${key.hierarchy}
    ), contained as materialized (
      select acceptance_id as whole, acceptance_id as id, true as is_own from whole
      union all
      select w.acceptance_id, p.id, false from whole w cross join lateral unnest(w.parts) p(id)
    ), given as materialized (
      select a.id, v.figures from reporting.acceptance a
      join reporting.report_version v on v.report_id = a.report_id and v.version = a.version and v.figures is not null
      where a.form_id = ${key.formId} and a.period = ${key.period} and v.report_id = any (array(
        select report_id from reporting.acceptance where form_id = ${key.formId} and period = ${key.period}))
    ), computed as (
      select c.whole, u.position, sum(u.value) as value
      from contained c
      left join reporting.accepted_total s on s.acceptance_id = c.id and s.hierarchy = ${key.hierarchy} and not c.is_own
        and s.form_id = ${key.formId} and s.period = ${key.period}
      left join given on given.id = c.id
      cross join lateral unnest(coalesce(s.figures, given.figures)) with ordinality as u(value, position)
      where u.position = any (${summed}::int[]) group by 1, 2
    ), stored as (
      select w.acceptance_id as whole, u.position, u.value from whole w cross join lateral unnest(w.figures) with ordinality as u(value, position)
    ), difference as (
      select coalesce(s.whole, c.whole) as whole, coalesce(s.position, c.position)::int as position, s.value::text as stored, c.value::text as computed
      from stored s full join computed c on c.whole = s.whole and c.position = s.position
      where s.value is distinct from c.value
    )
    select ${key.formId}::int as "formId", ${key.period} as period, ${key.hierarchy} as hierarchy, whole.tenant_id as "tenantId", d.position,
      'acceptance' as what, d.stored, d.computed
    from difference d join whole on whole.acceptance_id = d.whole
    union all
    select ${key.formId}::int, ${key.period}, ${key.hierarchy}, r.tenant_id, null, 'acceptance', r.figures::text, given.figures::text
    from reporting.report r join reporting.acceptance a on a.form_id = r.form_id and a.period = r.period and a.tenant_id = r.tenant_id and a.ended_at is null
    left join given on given.id = a.id
    where r.form_id = ${key.formId} and r.period = ${key.period} and r.state in ('accepted', 'correcting') and ${key.hierarchy} = 'regional'
      and r.figures is distinct from given.figures
    union all
    select ${key.formId}::int, ${key.period}, ${key.hierarchy}, r.tenant_id, null, 'acceptance', null, r.state
    from reporting.report r
    where r.form_id = ${key.formId} and r.period = ${key.period} and r.state = 'accepted' and ${key.hierarchy} = 'regional'
      and not exists (select from reporting.acceptance a where a.form_id = r.form_id and a.period = r.period and a.tenant_id = r.tenant_id and a.ended_at is null)
    order by 4, 5 limit 1000`.execute(ctx.db)
  return rows
}
