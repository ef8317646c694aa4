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

/** Bodies of which the reader reviews the reports of some period, as an array; which ones decides `reviewedBy`. */
export function everReviewed(): RawBuilder<number[]> {
  return sql<number[]>`(select tenancy.reviewable_ever())::int[]`
}

/**
 * A condition: the reader reviews the report, being the superior in the tree of the period's end (P5). Asked of the few rows that `everReviewed` leaves.
 *
 * @param report the alias of a row of reporting.report
 */
export function reviewedBy(ctx: TenantContext, report: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${report}.${name}`)
  return sql<boolean>`reporting.find_reviewer(${column('tenant_id')}, ${column('period_end')}) = ${ctx.tenantId}`
}

/** As `childrenOf`, those below the children. */
export function grandchildrenOf(ctx: TenantContext): RawBuilder<number[]> {
  return sql<number[]>`array(select below.federation_id from tenancy.link l
    join tenancy.link below on below.parent_id = l.federation_id and below.hierarchy = 'regional' and below.valid_to is null
    where l.parent_id = ${ctx.tenantId} and l.hierarchy = 'regional' and l.valid_to is null)`
}
