import { actorName, found, paging, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { fitsUnion, livedOn } from './checklists.ts'
import { getScheme } from '../ratings/schemes.ts'
import { heldOn } from '../ratings/titles.ts'
import { readPage } from '../pages.ts'
import { baselineChanges } from '../codes/ratings.ts'

export const TakeBaseline = z.object({
  schemeId: z.int().positive(),
  name: z.string().trim().min(2).max(80),
  /** The year whose plans are written beside what is held. */
  year: z.int().min(2000).max(2100),
})

/**
 * 摸清底数 (M040): every union in sight the scheme is for, with the level it holds and the one planned, frozen. Nothing in it can be
 * changed later, by nobody.
 */
export async function takeBaseline(
  ctx: TenantContext,
  input: z.output<typeof TakeBaseline>,
): Promise<{ baselineId: number; unions: number }> {
  requirePermission(ctx, 'organisation:write')
  const scheme = await getScheme(ctx, { schemeId: input.schemeId })
  const { id } = await ctx.db
    .insertInto('organisation.baseline')
    .values({
      tenant_id: ctx.tenantId,
      scheme_id: scheme.schemeId,
      name: input.name,
      taken_on: ctx.today,
      taken_by: actorName(ctx.actor),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { numAffectedRows } = await sql`
    insert into organisation.baseline_line (baseline_id, tenant_id, union_id, union_code, union_name, body_id, held_rank, planned_rank, planned_quarter)
    select ${id}, ${ctx.tenantId}, u.id, coalesce(u.code, ''), u.name, u.tenant_id,
      coalesce((select max(t.rank) from organisation.home_title t join organisation.rating_scheme s on s.id = t.scheme_id
        where t.union_id = u.id and s.code = ${scheme.code} and s.tenant_id = ${scheme.issuerId}
          and ${heldOn(ctx.today)}), 0), p.target_rank, p.quarter
    from organisation.rating_scheme rules
    join organisation.trade_union u on ${fitsUnion} and ${livedOn(ctx.today)}
    left join lateral (select r.target_rank, r.quarter from organisation.rating r
      where r.union_id = u.id and r.scheme_id = rules.id and r.year = ${input.year} order by r.target_rank desc limit 1) p on true
    where rules.id = ${scheme.schemeId}`.execute(ctx.db)
  const unions = Number(numAffectedRows ?? 0)
  await recordAudit(ctx, {
    action: 'baseline.take',
    objectKind: 'baseline',
    objectId: id,
    after: { unions, year: input.year },
  })
  return { baselineId: id, unions }
}

export const ListBaselines = z.object({ ...paging })

export async function listBaselines(ctx: TenantContext, input: z.output<typeof ListBaselines>) {
  requirePermission(ctx, 'organisation:read')
  const mine = ctx.db.selectFrom('organisation.baseline').where('tenant_id', '=', ctx.tenantId)
  const rows = await mine
    .select(['id as baselineId', 'scheme_id as schemeId', 'name', 'taken_on as takenOn', 'taken_by as takenBy'])
    .orderBy('id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  const { total } = await mine.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { rows, total }
}

export const CompareBaseline = z.object({
  baselineId: z.int().positive(),
  on: z.iso.date().optional(),
  change: z.enum(baselineChanges).optional(),
  ...paging,
})

export type BaselineLine = {
  unionId: number
  unionCode: string
  unionName: string
  then: number | null
  planned: number | null
  /** Null: the union is no more. */
  now: number | null
  change: 'risen' | 'same' | 'fallen' | 'gone' | 'new'
}

/** Then and now, union by union: what rose, fell, ended or was founded since. Titles are read once and hashed against the unions. */
export async function compareBaseline(ctx: TenantContext, input: z.output<typeof CompareBaseline>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const baseline = found(
    await ctx.db
      .selectFrom('organisation.baseline')
      .selectAll()
      .where('id', '=', input.baselineId)
      .where('tenant_id', '=', ctx.tenantId)
      .executeTakeFirst(),
    'organisation.baselineNotFound',
  )
  const scheme = await getScheme(ctx, { schemeId: baseline.scheme_id })
  const list = sql`
    with held as materialized (
      select t.union_id, max(t.rank) as rank from organisation.rating_scheme s join organisation.home_title t on t.scheme_id = s.id
      where s.code = ${scheme.code} and s.tenant_id = ${scheme.issuerId} and t.union_id is not null and ${heldOn(on)} group by t.union_id
    ), now_held as (
      select u.id, u.code, u.name, coalesce(h.rank, 0) as rank
      from organisation.rating_scheme rules join organisation.trade_union u on ${fitsUnion} and ${livedOn(on)}
      left join held h on h.union_id = u.id
      where rules.id = ${scheme.schemeId}
    ), compared as materialized (
      select coalesce(b.union_id, n.id) as "unionId", coalesce(b.union_code, n.code, '') as "unionCode", coalesce(b.union_name, n.name) as "unionName",
        b.held_rank as then, b.planned_rank as planned, n.rank as now,
        case when n.id is null then 'gone' when b.union_id is null then 'new' when n.rank > b.held_rank then 'risen'
          when n.rank < b.held_rank then 'fallen' else 'same' end as change
      from (select * from organisation.baseline_line where baseline_id = ${baseline.id}) b
      full join now_held n on n.id = b.union_id
    ), wanted as (select * from compared where ${input.change ?? null}::text is null or change = ${input.change ?? null})`
  const of = (change: BaselineLine['change']) =>
    sql`${change}::text, (select count(*) from compared where change = ${change})`
  const { rows, counts, total } = await readPage<
    BaselineLine,
    { counts: Record<BaselineLine['change'], number>; total: number }
  >(ctx, {
    list,
    from: 'wanted',
    order: sql`"unionCode", "unionId"`,
    sums: sql`json_build_object(${sql.join(baselineChanges.map(of))}) as counts, (select count(*) from wanted) as total`,
    ...input,
  })
  return { name: baseline.name, takenOn: baseline.taken_on, counts, total, rows }
}
