import { listWithin, paging, requirePermission, type TenantContext, within } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { readLimit } from '../limits.ts'
import { escapeLike } from '../numbers/names.ts'
import { readPage } from '../pages.ts'
import { unionLimits } from '../unions/union-limits.ts'

export const ListStaffing = z.object({
  on: z.iso.date().optional(),
  onlyGaps: z.boolean().default(false),
  /** In the name of the place, or its whole code. */
  search: z.string().trim().max(80).default(''),
  ...within,
  ...paging,
})

export type Staffing = {
  /** The township federation: a body of its own, or a union in its county's register. */
  bodyId: number
  unionId: number | null
  name: string
  /** Of the body, or the number of the union. */
  code: string
  chairs: number
  /** A member of the township's party committee chairs it, as it should be. */
  chairIsPartyCommittee: boolean
  fullTimeVices: number
  partTimeVices: number
  institutionPosts: number
  /** How many are short of the template; 0: none. */
  short: { chairs: number; fullTimeVices: number; partTimeVices: number; institutionPosts: number }
}

type Counted = {
  body_id: number
  union_id: number | null
  name: string
  code: string
  chairs: number
  party: boolean
  full_time: number
  part_time: number
  posts: number
}

/**
 * How township federations are staffed against the template (M092: a chair, a full-time vice, one part-time at least, a post of the
 * institution), by code.
 *
 * Plan: the places first. Without `onlyGaps` the page is cut from them, and officers and posts are read for its bodies alone; with it, for all of
 * them, each table once by its index on tenant_id. Never body by body.
 */
export async function listStaffing(
  ctx: TenantContext,
  input: z.output<typeof ListStaffing>,
): Promise<{ rows: Staffing[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const bodies = await listWithin(ctx, input.body)
  const template = await readLimit(ctx, unionLimits.townshipStaff, { on })
  const named =
    input.search === ''
      ? sql`true`
      : sql`(name ilike ${`%${escapeLike(input.search)}%`} or code = ${input.search.toUpperCase()})`
  const order = sql`code, union_id nulls first`
  const asked = input.onlyGaps
    ? sql`places`
    : sql`(select * from places order by ${order} limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize})`
  // Of all places an array would only be compared with the reader's own, which is as long.
  const mine = (column: string) => {
    if (!input.onlyGaps) return sql<boolean>`${sql.ref(column)} = any (array(select body_id from asked))`
    return bodies ? sql<boolean>`${sql.ref(column)} = any (${bodies})` : sql<boolean>`true`
  }
  const list = sql`
    with places as materialized (
      select * from (
        select f.id as body_id, null::bigint as union_id, f.name, f.code
        from tenancy.federation f
        where f.level = 'township' and f.valid_from <= ${on}::date and (f.valid_to is null or f.valid_to > ${on}::date)
          and f.id in (select descendant_id from tenancy.closure where ancestor_id = ${ctx.tenantId})
          and ${bodies ? sql<boolean>`f.id = any (${bodies})` : sql<boolean>`true`}
        union all
        select u.tenant_id, u.id, u.name, coalesce(u.code, '') from organisation.trade_union u
        where u.kind = 'FEDERATION_TOWNSHIP' and u.founded_on <= ${on}::date and (u.ended_on is null or u.ended_on > ${on}::date)
          and ${bodies ? sql<boolean>`u.tenant_id = any (${bodies})` : sql<boolean>`true`}
      ) all_places where ${named}
    ), asked as materialized (select * from ${asked} chosen),
    officers as materialized (
      select o.tenant_id, coalesce(o.union_id, 0) as union_id, count(*) filter (where o.post = 'chair') as chairs,
        bool_or(o.post = 'chair' and o.is_party_committee) as party,
        count(*) filter (where o.post = 'vice_chair' and o.engagement = 'full_time') as full_time,
        count(*) filter (where o.post = 'vice_chair' and o.engagement <> 'full_time') as part_time
      from organisation.officer o
      where ${mine('o.tenant_id')} and o.post in ('chair', 'vice_chair')
        and o.valid_from <= ${on}::date and (o.valid_to is null or o.valid_to >= ${on}::date)
      group by 1, 2
    ), posts as materialized (
      select q.tenant_id, sum(q.posts)::bigint as posts from organisation.staff_quota q
      where ${mine('q.tenant_id')} and q.category = 'institution'
        and q.valid_from <= ${on}::date and (q.valid_to is null or q.valid_to > ${on}::date)
      group by 1
    ), counted as (
      select p.body_id, p.union_id, p.name, p.code, coalesce(o.chairs, 0) as chairs, coalesce(o.party, false) as party,
        coalesce(o.full_time, 0) as full_time, coalesce(o.part_time, 0) as part_time, coalesce(q.posts, 0) as posts
      from asked p left join officers o on o.tenant_id = p.body_id and o.union_id = coalesce(p.union_id, 0)
      left join posts q on q.tenant_id = p.body_id and p.union_id is null
    ), wanted as materialized (
      select * from counted where not ${input.onlyGaps} or chairs < ${template.chairs}::int or full_time < ${template.fullTimeVices}::int
        or part_time < ${template.partTimeVices}::int or posts < ${template.institutionPosts}::int
    )`
  const { rows, total } = await readPage<Counted, { total: number }>(ctx, {
    list,
    from: 'wanted',
    order,
    sums: sql`(select count(*) from ${input.onlyGaps ? sql`wanted` : sql`places`}) as total`,
    // Without gaps the page was cut before.
    page: input.onlyGaps ? input.page : 1,
    pageSize: input.pageSize,
  })
  return {
    rows: rows.map((row) => ({
      bodyId: row.body_id,
      unionId: row.union_id,
      name: row.name,
      code: row.code,
      chairs: row.chairs,
      chairIsPartyCommittee: row.party,
      fullTimeVices: row.full_time,
      partTimeVices: row.part_time,
      institutionPosts: row.posts,
      short: {
        chairs: Math.max(0, template.chairs - row.chairs),
        fullTimeVices: Math.max(0, template.fullTimeVices - row.full_time),
        partTimeVices: Math.max(0, template.partTimeVices - row.part_time),
        institutionPosts: Math.max(0, template.institutionPosts - row.posts),
      },
    })),
    total,
  }
}
