import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { readLimit } from './limits.ts'
import { listWithin, within } from './scope.ts'
import { unionLimits } from './union-limits.ts'

export const ListStaffing = z.object({ on: z.iso.date().optional(), onlyGaps: z.boolean().default(false), ...within })

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

/** How township federations are staffed against the template (M092: a chair, a full-time vice, one part-time at least, a post of the institution). */
export async function listStaffing(ctx: TenantContext, input: z.output<typeof ListStaffing>): Promise<Staffing[]> {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const bodies = await listWithin(ctx, input.body)
  const template = await readLimit(ctx, unionLimits.townshipStaff, { on })
  const { rows } = await sql<Omit<Staffing, 'short'>>`
    with places as (
      select f.id as body_id, null::bigint as union_id, f.name, f.code as place
      from tenancy.federation f
      where f.level = 'township' and f.valid_from <= ${on}::date and (f.valid_to is null or f.valid_to > ${on}::date)
        and f.id in (select descendant_id from tenancy.closure where ancestor_id = ${ctx.tenantId})
        and ${bodies ? sql<boolean>`f.id = any (${bodies})` : sql<boolean>`true`}
      union all
      select u.tenant_id, u.id, u.name, coalesce(u.code, '') from organisation.trade_union u
      where u.kind = 'FEDERATION_TOWNSHIP' and u.founded_on <= ${on}::date and (u.ended_on is null or u.ended_on > ${on}::date)
        and ${bodies ? sql<boolean>`u.tenant_id = any (${bodies})` : sql<boolean>`true`}
    )
    select p.body_id as "bodyId", p.union_id as "unionId", p.name, p.place as code,
      count(o.id) filter (where o.post = 'chair') as chairs,
      coalesce(bool_or(o.post = 'chair' and o.is_party_committee), false) as "chairIsPartyCommittee",
      count(o.id) filter (where o.post = 'vice_chair' and o.engagement = 'full_time') as "fullTimeVices",
      count(o.id) filter (where o.post = 'vice_chair' and o.engagement <> 'full_time') as "partTimeVices",
      coalesce((select sum(q.posts) from organisation.staff_quota q where p.union_id is null and q.tenant_id = p.body_id and q.category = 'institution'
        and q.valid_from <= ${on}::date and (q.valid_to is null or q.valid_to > ${on}::date)), 0)::bigint as "institutionPosts"
    from places p left join organisation.officer o on o.tenant_id = p.body_id and o.union_id is not distinct from p.union_id
      and o.valid_from <= ${on}::date and (o.valid_to is null or o.valid_to >= ${on}::date)
    group by p.body_id, p.union_id, p.name, p.place
    order by p.place`.execute(ctx.db)
  const lines = rows.map((row) => ({
    ...row,
    short: {
      chairs: Math.max(0, template.chairs - row.chairs),
      fullTimeVices: Math.max(0, template.fullTimeVices - row.fullTimeVices),
      partTimeVices: Math.max(0, template.partTimeVices - row.partTimeVices),
      institutionPosts: Math.max(0, template.institutionPosts - row.institutionPosts),
    },
  }))
  return input.onlyGaps ? lines.filter((line) => Object.values(line.short).some((count) => count > 0)) : lines
}
