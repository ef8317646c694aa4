import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { isUnionised } from './census.ts'
import { listSources } from './lists.ts'

export const RankRates = z.object({
  source: z.enum(listSources),
  listVersion: z.string().trim().min(1).max(40),
  on: z.iso.date().optional(),
})

export type UnionisationRate = {
  bodyId: number
  code: string
  name: string
  /** Rows of the named version, each employer once: the denominator. */
  listed: number
  unionised: number
  /** Hundredths of a percent; null where nothing is listed. */
  rate: number | null
  /** Equal rates share a place; null where there is no rate. */
  rank: number | null
}

/**
 * The rate of unionisation of the employers of one named version of a list (M202), of the body and of each body directly below it,
 * ranked. Other versions of the same list do not enter: a rate without its version says nothing. A row that is still ambiguous stands
 * in the denominator. Recomputed from sums, never averaged.
 *
 * Plan: the lists in sight are counted first, their employers hashed against those with a union; from the few bodies that keep a list the way goes up.
 */
export async function rankRates(
  ctx: TenantContext,
  input: z.output<typeof RankRates>,
): Promise<{ own: UnionisationRate; below: UnionisationRate[] }> {
  requirePermission(ctx, 'organisation:read')
  const { rows } = await sql<{
    bodyId: number
    code: string
    name: string
    depth: number
    listed: number
    unionised: number
  }>`
    with recursive covered as materialized (
      select e.id from organisation.employer e where ${isUnionised(input.on ?? ctx.today)}
    ), listed as (
      select l.tenant_id, coalesce(r.employer_id, -r.id) as unit,
        coalesce(r.employer_id in (select id from covered), false) as unionised
      from organisation.employer_list l join organisation.list_row r on r.list_id = l.id
      where l.source = ${input.source} and l.list_version = ${input.listVersion} and r.outcome <> 'dropped'
    ), counted as materialized (
      select tenant_id, count(distinct unit) as listed, count(distinct unit) filter (where unionised) as unionised from listed group by tenant_id
    ), up as (
      select tenant_id, tenant_id as id from counted
      union all
      select up.tenant_id, l.parent_id from up
      join tenancy.link l on l.federation_id = up.id and l.hierarchy = 'regional' and l.valid_to is null where up.id <> ${ctx.tenantId}
    ), summed as (
      select up.id, sum(c.listed) as listed, sum(c.unionised) as unionised from up join counted c on c.tenant_id = up.tenant_id group by up.id
    )
    select f.id as "bodyId", f.code, f.name, m.depth, coalesce(s.listed, 0)::bigint as listed, coalesce(s.unionised, 0)::bigint as unionised
    from tenancy.closure m join tenancy.federation f on f.id = m.descendant_id left join summed s on s.id = f.id
    where m.ancestor_id = ${ctx.tenantId} and m.hierarchy = 'regional' and m.depth <= 1
    order by m.depth, f.code`.execute(ctx.db)
  const rated = rows.map((row) => ({ ...row, rate: findRate(row.unionised, row.listed) }))
  const ranked = rated.map(({ depth, ...row }) => ({
    depth,
    line: {
      ...row,
      rank:
        row.rate === null
          ? null
          : 1 + rated.filter((other) => other.depth === depth && other.rate !== null && isAbove(other, row)).length,
    },
  }))
  const own = ranked.find((row) => row.depth === 0)
  return {
    own: own
      ? { ...own.line, rank: null }
      : { bodyId: ctx.tenantId, code: '', name: '', listed: 0, unionised: 0, rate: null, rank: null },
    below: ranked.filter((row) => row.depth === 1).map((row) => row.line),
  }
}

/** Hundredths of a percent, half up. */
function findRate(part: number, whole: number): number | null {
  return whole === 0 ? null : Number((BigInt(part) * 20_000n + BigInt(whole)) / (2n * BigInt(whole)))
}

/** By the exact fractions: two bodies that round to the same figure are still told apart. */
function isAbove(one: { unionised: number; listed: number }, other: { unionised: number; listed: number }): boolean {
  return BigInt(one.unionised) * BigInt(other.listed) > BigInt(other.unionised) * BigInt(one.listed)
}
