import { sql } from 'kysely'
import { getFormById, parsePeriod, type Form } from '@gonglian/indicators'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import type { Place } from './periods.ts'
import type { Hierarchy } from './tree.ts'

export type Total = {
  readonly tenantId: number
  readonly period: string
  /** By the positions asked for, all of the form's unless said otherwise. Null: missing, or not summed over bodies (ratio, distinct). */
  readonly reported: (number | null)[]
  readonly accepted: (number | null)[]
  /** Positions of the form of which some part is about, over or under something (UNI-03). */
  readonly reportedInexact: number[]
  readonly acceptedInexact: number[]
  /** Reports owed at or below the body. */
  readonly expectedCount: number
  /** Of these: contained in `reported`. */
  readonly reportedCount: number
  /** Accepted by the direct superior of the body that gave them. */
  readonly reviewedCount: number
  /** Contained in `accepted`. */
  readonly acceptedCount: number
  /** When the stored total last changed; null where there is none. */
  readonly changedAt: Date | null
}

export type TotalsQuestion = {
  formId: number
  /** The form itself, where the caller has just read it. */
  form?: Pick<Form, 'items' | 'fillerLevels'>
  periods: readonly string[]
  hierarchy?: Hierarchy
  bodies: readonly number[]
  /** Only these positions of the form, in this order: a board of one item reads one figure of each vector. */
  positions?: readonly number[]
}

/**
 * The totals of bodies in some periods: one row per body and period, bodies in the order asked for; bodies out of sight are left out.
 * A body with nobody below it in the period has no stored total, its own report is one. Where nothing was reported yet, the number of
 * expected reports is counted by the tree of the period's end, as stored totals count it.
 *
 * Plan: one index scan of total and one of report over (form, periods, bodies); the policy's array joins the index condition.
 */
export async function readTotals(ctx: TenantContext, input: TotalsQuestion): Promise<Total[]> {
  requirePermission(ctx, 'rollup:read')
  const form = input.form ?? (await getFormById(ctx, input.formId))
  const question = {
    formId: input.formId,
    periods: input.periods,
    bodies: input.bodies,
    hierarchy: input.hierarchy ?? ('regional' as const),
    positions: input.positions ?? form.items.map((item) => item.position),
    summed: form.items.filter((item) => item.additivity === 'sum').map((item) => item.position),
    fillerLevels: form.fillerLevels,
  }
  const place = (row: { tenantId: number; period: string }) => `${row.tenantId} ${row.period}`
  const stored = await readStored(ctx, { ...question, bodies: [...question.bodies, ctx.tenantId] })
  const rows = new Map(stored.map((row) => [place(row), row]))
  const without = question.bodies.filter((tenantId) =>
    question.periods.some((period) => !rows.has(place({ tenantId, period }))),
  )
  const begun =
    question.hierarchy === 'regional'
      ? new Set(stored.filter((row) => row.tenantId === ctx.tenantId).map((row) => row.period))
      : await listBegun(ctx, question)
  const owed = await countOwed(ctx, { ...question, bodies: without }, begun)
  const inSight = new Set(owed.map((row) => row.id))
  const expected = new Map(owed.map((row) => [place({ tenantId: row.id, period: row.period }), row.owed]))
  for (const row of await readOwn(ctx, { ...question, bodies: without })) {
    if (!rows.has(place(row))) rows.set(place(row), { ...row, expectedCount: expected.get(place(row)) ?? 0 })
  }
  const empty = question.positions.map(() => null)
  return question.bodies.flatMap((tenantId) =>
    question.periods.flatMap((period) => {
      const row = rows.get(place({ tenantId, period }))
      if (row) return [row]
      if (!inSight.has(tenantId)) return []
      const expectedCount = expected.get(place({ tenantId, period })) ?? 0
      const counts = { expectedCount, reportedCount: 0, reviewedCount: 0, acceptedCount: 0 }
      return [
        {
          tenantId,
          period,
          reported: [...empty],
          accepted: [...empty],
          reportedInexact: [],
          acceptedInexact: [],
          ...counts,
          changedAt: null,
        },
      ]
    }),
  )
}

type Question = {
  formId: number
  periods: readonly string[]
  bodies: readonly number[]
  hierarchy: Hierarchy
  positions: readonly number[]
  summed: readonly number[]
  fillerLevels: readonly string[]
}

async function readStored(
  ctx: TenantContext,
  { formId, periods, bodies, hierarchy, positions }: Question,
): Promise<Total[]> {
  const pick = (vector: string) =>
    sql`array(select ${sql.ref(vector)}[p] from unnest(${positions}::int[]) with ordinality as w(p, place) order by place)`
  const { rows } = await sql<Total>`
    select t.tenant_id as "tenantId", t.period, ${pick('t.reported')} as reported, ${pick('t.accepted')} as accepted,
      coalesce(t.reported_inexact, '{}') as "reportedInexact", coalesce(t.accepted_inexact, '{}') as "acceptedInexact",
      t.expected_count as "expectedCount", t.reported_count as "reportedCount", t.reviewed_count as "reviewedCount",
      t.accepted_count as "acceptedCount", t.changed_at as "changedAt"
    from rollup.total t
    where t.form_id = ${formId} and t.period = any (${periods}::text[]) and t.hierarchy = ${hierarchy}
      and t.tenant_id = any (${bodies}::int[])`.execute(ctx.db)
  return rows
}

/** How many reports the reader's stored regional total expects at or below it; null where it has none. */
export async function readExpected(ctx: TenantContext, place: Place): Promise<number | null> {
  const row = await ctx.db
    .selectFrom('rollup.total')
    .select('expected_count')
    .where('form_id', '=', place.formId)
    .where('period', '=', place.period)
    .where('hierarchy', '=', 'regional')
    .where('tenant_id', '=', ctx.tenantId)
    .executeTakeFirst()
  return row?.expected_count ?? null
}

/** Own reports that count, as totals of bodies with nobody below them: items that are not summed are left out here too. */
async function readOwn(ctx: TenantContext, { formId, periods, bodies, positions, summed }: Question): Promise<Total[]> {
  if (bodies.length === 0) return []
  const { rows } = await sql<Total>`
    select r.tenant_id as "tenantId", r.period, own.figures as reported, own.figures as accepted,
      own.inexact as "reportedInexact", own.inexact as "acceptedInexact",
      0 as "expectedCount", 1 as "reportedCount", (r.state <> 'submitted')::int as "reviewedCount", 1 as "acceptedCount", null as "changedAt"
    from reporting.report r
    cross join lateral (select
      array(select case when p = any (${summed}::int[]) then r.figures[p] end from unnest(${positions}::int[]) with ordinality as w(p, place) order by place) as figures,
      array(select p::int from unnest(r.marks) with ordinality as u(mark, p) where mark between 1 and 6 and p = any (${summed}::int[])) as inexact) own
    where r.form_id = ${formId} and r.period = any (${periods}::text[]) and r.tenant_id = any (${bodies}::int[])
      and r.state in ('submitted', 'accepted', 'correcting')`.execute(ctx.db)
  return rows
}

/**
 * The periods in which anybody at or below the reader has reported, by the territory: from then on whoever has bodies below has a stored total, so
 * whoever has none stands alone.
 */
async function listBegun(ctx: TenantContext, { formId, periods }: Question): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('rollup.total')
    .select('period')
    .where('tenant_id', '=', ctx.tenantId)
    .where('form_id', '=', formId)
    .where('period', 'in', [...periods])
    .where('hierarchy', '=', 'regional')
    .execute()
  return new Set(rows.map((row) => row.period))
}

/**
 * How many reports the bodies in sight owe, in each period by the tree of its end: themselves, and where nobody at all has reported yet with all
 * below them. Whoever was not in the tree then owes nothing. `offset 0` looks each body met up by its key; a plain join would read all 44,704.
 */
async function countOwed(
  ctx: TenantContext,
  { periods, bodies, hierarchy, fillerLevels }: Question,
  begun: ReadonlySet<string>,
): Promise<{ id: number; period: string; owed: number }[]> {
  if (bodies.length === 0 || periods.length === 0) return []
  const { rows } = await sql<{ id: number; period: string; owed: number }>`
    with recursive asked as (
      select * from unnest(${periods}::text[], ${periods.map((period) => parsePeriod(period).end)}::date[],
        ${periods.map((period) => !begun.has(period))}::boolean[]) as a(period, ends, deep)
    ), sight as (
      select distinct c.descendant_id as id from tenancy.closure c
      where c.ancestor_id = ${ctx.tenantId} and c.descendant_id = any (${bodies}::int[])
    ), down as (
      select asked.period, asked.ends, asked.deep, sight.id as body, sight.id from asked cross join sight
      union all
      select down.period, down.ends, down.deep, down.body, l.federation_id
      from down join tenancy.link l on down.deep and l.parent_id = down.id and l.hierarchy = ${hierarchy}
        and l.valid_from <= down.ends and (l.valid_to is null or l.valid_to > down.ends)
    )
    select down.body as id, down.period, (count(*) filter (where owes.it))::int as owed
    from down
    cross join lateral (
      select f.level = any (${fillerLevels}::text[]) and (down.id <> down.body or exists (
        select 1 from tenancy.link l where down.id in (l.federation_id, l.parent_id) and l.hierarchy in ('regional', ${hierarchy})
          and l.valid_from <= down.ends and (l.valid_to is null or l.valid_to > down.ends)))
      from tenancy.federation f where f.id = down.id offset 0) as owes(it)
    group by down.body, down.period`.execute(ctx.db)
  return rows
}
