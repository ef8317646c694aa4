import type { TenantContext } from './context.ts'
import { FederationCode, getFederation, keepBelow } from './federations.ts'
import { sql, type RawBuilder } from 'kysely'

/** "Of this body and all below it"; left out: of all in sight. */
export const within = { body: FederationCode.optional() }

/** A body and all below it today, by the tree of areas. */
async function listSubtree(ctx: TenantContext, id: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive under as (
      select ${id}::int as id
      union all
      select l.federation_id from under join tenancy.link l on l.parent_id = under.id and l.hierarchy = 'regional' and l.valid_to is null
    ) select id from under`.execute(ctx.db)
  return rows.map((row) => row.id)
}

/**
 * The bodies a list is about; null: all in sight, where row-level security is filter enough.
 *
 * @throws DomainError not_found for a body that is neither the actor's nor below it
 */
export async function listWithin(ctx: TenantContext, body: string | undefined): Promise<number[] | null> {
  if (body === undefined) return null
  const { id } = await getFederation(ctx, body)
  return id === ctx.tenantId ? null : listSubtree(ctx, id)
}

/** For whom something issued by a body holds, among those in sight; null: all of them. */
export async function listAddressees(ctx: TenantContext, issuerId: number): Promise<number[] | null> {
  const isBelow = (await keepBelow(ctx, [issuerId])).has(issuerId)
  return isBelow ? listSubtree(ctx, issuerId) : null
}

/** What is in both lists, null being everything. */
export function narrow(first: number[] | null, second: number[] | null): number[] | null {
  if (first === null || second === null) return first ?? second
  const known = new Set(second)
  return first.filter((id) => known.has(id))
}

/**
 * In SQL, rows (tenant_id, top): under which body directly below `root` each of some bodies stands today by the tree of areas; `root` stands under itself.
 * Bodies outside are left out. Walks up from the given bodies, so that it costs as much as there are of them and not as much as there is below.
 *
 * @param tenants a query with the column `tenant_id`, each body once
 */
export function placeBelow(root: number, tenants: RawBuilder<unknown>): RawBuilder<unknown> {
  const above = sql`tenancy.link l on l.hierarchy = 'regional' and l.valid_to is null`
  return sql`
    with recursive up (tenant_id, at, parent_id) as (
      select t.tenant_id, t.tenant_id, l.parent_id from (${tenants}) t join ${above} and l.federation_id = t.tenant_id
      where t.tenant_id <> ${root}::int
      union all
      select up.tenant_id, up.parent_id, l.parent_id from up join ${above} and l.federation_id = up.parent_id
      where up.parent_id <> ${root}::int
    )
    select tenant_id, at as top from up where parent_id = ${root}::int
    union all select tenant_id, tenant_id from (${tenants}) own where tenant_id = ${root}::int`
}
