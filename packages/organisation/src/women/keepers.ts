import type { TenantContext } from '@gonglian/tenancy'
import { findUnion } from '../checklists/ledgers.ts'
import type { Keeper } from './keeper.ts'

/** The union that keeps a record; null: the body itself. @throws DomainError not_found for a union of another body */
export async function findKeeper(ctx: TenantContext, { whose, unionId }: Keeper) {
  return whose === 'union' && unionId !== undefined ? findUnion(ctx, unionId, { own: true }) : null
}
