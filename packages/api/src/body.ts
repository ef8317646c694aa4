import { z } from 'zod'
import { FederationCode, getFederation, type TenantContext } from '@gonglian/tenancy'

/** A body as it stands in an address: by its code. */
export const Body = z.object({ code: FederationCode })

/** The body a page is about; left out: one's own. */
export const bodyField = { body: FederationCode.optional() }

/**
 * The id behind a code; the own body's where no code was given.
 *
 * @throws DomainError not_found for a body out of sight
 */
export async function findBodyId(ctx: TenantContext, code: string | undefined): Promise<number> {
  return code === undefined ? ctx.tenantId : (await getFederation(ctx, code)).id
}
