import { sql, type RawBuilder } from 'kysely'
import type { TenantContext } from '@gonglian/tenancy'

/**
 * The bodies directly below the reader's today, as an array for `tenant_id = any (...)`: together with the policy's array it becomes the index
 * condition. A join in its place compares each report with all 44,704 bodies in the nation's sight, one after the other.
 */
export function childrenOf(ctx: TenantContext): RawBuilder<number[]> {
  return sql<number[]>`array(select l.federation_id from tenancy.link l
    where l.parent_id = ${ctx.tenantId} and l.hierarchy = 'regional' and l.valid_to is null)`
}

/** As `childrenOf`, whoever was directly below at any time: periods that are over keep the tree they had (P5). */
export function childrenEver(ctx: TenantContext): RawBuilder<number[]> {
  return sql<number[]>`array(select l.federation_id from tenancy.link l
    where l.parent_id = ${ctx.tenantId} and l.hierarchy = 'regional')`
}

/**
 * A common table expression `reviewed` (body, during): whose reports the reader reviews, and those of which days: as the superior in the tree of the
 * period's end (P5), also through a body between that was closed since. Says the same as `reporting.find_reviewer`, once for all reports instead of report
 * by report. It needs `with recursive`.
 */
export function reviewed(ctx: TenantContext): RawBuilder<unknown> {
  return sql`reviewed (body, during) as materialized (
    with recursive below (body, during) as (
      select l.federation_id, daterange(l.valid_from, l.valid_to) from tenancy.link l
      where l.parent_id = ${ctx.tenantId} and l.hierarchy = 'regional'
        and exists (select from tenancy.federation me where me.id = ${ctx.tenantId} and me.valid_to is null)
      union all
      select l.federation_id, below.during * daterange(l.valid_from, l.valid_to) from below
      join tenancy.federation f on f.id = below.body and f.valid_to is not null
      join tenancy.link l on l.parent_id = below.body and l.hierarchy = 'regional' and below.during && daterange(l.valid_from, l.valid_to)
    )
    select body, during from below where not isempty(during))`
}

/** The bodies of `reviewed`, as an array like `childrenOf`. */
export const reviewedBodies: RawBuilder<number[]> = sql<number[]>`array(select body from reviewed)`

/** A condition: `reviewed` (as `v`) names the body of the row of reporting.report for the period's end. */
export const isReviewed: RawBuilder<boolean> = sql<boolean>`v.body = r.tenant_id and v.during @> r.period_end`

/** As `childrenOf`, those below the children. */
export function grandchildrenOf(ctx: TenantContext): RawBuilder<number[]> {
  return sql<number[]>`array(select below.federation_id from tenancy.link l
    join tenancy.link below on below.parent_id = l.federation_id and below.hierarchy = 'regional' and below.valid_to is null
    where l.parent_id = ${ctx.tenantId} and l.hierarchy = 'regional' and l.valid_to is null)`
}
