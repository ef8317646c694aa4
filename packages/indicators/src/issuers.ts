import { getFederation, listLinks, listSuperiors, type Federation, type TenantContext } from '@gonglian/tenancy'

/** A closed body has no superior today; what its last superiors issued still explains its figures. */
async function listLastSuperiors(ctx: TenantContext, federationId: number): Promise<readonly Federation[]> {
  const last = (await listLinks(ctx, federationId)).find((link) => link.hierarchy === 'regional')
  if (last === undefined) return []
  const parent = await getFederation(ctx, last.parentCode)
  return listSuperiors(ctx, parent.id)
}

/**
 * A body and its superiors by territory, the nearest first: county, city, province, nation. Empty when the body is out of
 * sight.
 */
export async function listTerritory(ctx: TenantContext, federationId: number): Promise<Federation[]> {
  const chain = await listSuperiors(ctx, federationId)
  const own = chain[chain.length - 1]
  const isClosed = own !== undefined && own.validTo !== null && chain.length === 1
  const above = isClosed ? [...(await listLastSuperiors(ctx, federationId)), own] : chain
  return above.toReversed()
}

/** The bodies whose indicators and forms apply to a body, the nearest first: its territory, then the line of its industry. */
export async function listIssuers(ctx: TenantContext, federationId = ctx.tenantId): Promise<Federation[]> {
  const territory = await listTerritory(ctx, federationId)
  const line = (await listSuperiors(ctx, federationId, 'line')).toReversed()
  return [...territory, ...line.filter((body) => !territory.some((other) => other.id === body.id))]
}
