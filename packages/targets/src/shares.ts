import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { shareColumns, toShare, type Share } from './allocations.ts'

/** The shares of the given bodies in the given items, as far as they are within sight. Keyed `itemId:receiverId`. */
export async function listShares(
  ctx: TenantContext,
  input: { itemIds: readonly number[]; receiverIds: readonly number[] },
): Promise<Map<string, Share>> {
  requirePermission(ctx, 'target:read')
  if (input.itemIds.length === 0 || input.receiverIds.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('targets.allocation')
    .select(shareColumns)
    .where('item_id', 'in', input.itemIds)
    .where('receiver_id', 'in', input.receiverIds)
    .execute()
  return new Map(rows.map((row) => [`${row.item_id}:${row.receiver_id}`, toShare(row)]))
}

/** The shares of a year that a body holds: of plans it issued and of those handed down to it, in the order of the plans. */
export async function listHeldShares(ctx: TenantContext, input: { year: number; bodyId: number }): Promise<Share[]> {
  requirePermission(ctx, 'target:read')
  const rows = await ctx.db
    .selectFrom('targets.allocation as a')
    .innerJoin('targets.item as i', 'i.id', 'a.item_id')
    .innerJoin('targets.plan as p', 'p.id', 'i.plan_id')
    .select(shareColumns.map((column) => `a.${column}` as const))
    .where('a.receiver_id', '=', input.bodyId)
    .where('p.year', '=', input.year)
    .where('p.state', '<>', 'draft')
    .where('a.state', '<>', 'draft')
    .orderBy('p.id')
    .orderBy('i.position')
    .execute()
  return rows.map(toShare)
}
