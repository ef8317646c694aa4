import { createHash } from 'node:crypto'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'

export type AmendmentKind = 'settlement' | 'change' | 'amendment'
/** One change of a share after it was issued, both lines kept (GOV-04). */
export type Amendment = {
  itemId: number
  receiverId: number
  /** settlement: of a dispute; change: before the signature; amendment: after it. */
  kind: AmendmentKind
  from: number
  to: number
  counterValue: number | null
  request: string
  reason: string
  actor: string
  hash: string | null
  at: Date
}

/** The lines of a share's file, oldest first; of all shares of an item that are within sight when no receiver is named. */
export async function listAmendments(
  ctx: TenantContext,
  input: { itemIds: readonly number[]; receiverId?: number },
): Promise<Amendment[]> {
  requirePermission(ctx, 'target:read')
  if (input.itemIds.length === 0) return []
  let query = ctx.db
    .selectFrom('targets.amendment')
    .selectAll()
    .where('item_id', 'in', [...input.itemIds])
    .orderBy('id')
  if (input.receiverId !== undefined) query = query.where('receiver_id', '=', input.receiverId)
  const rows = await query.execute()
  return rows.map((row) => ({
    itemId: row.item_id,
    receiverId: row.receiver_id,
    kind: row.kind,
    from: row.from_value,
    to: row.to_value,
    counterValue: row.counter_value,
    request: row.request,
    reason: row.reason,
    actor: row.actor,
    hash: row.hash,
    at: row.at,
  }))
}

/** sha256 over what an amendment says and what it continues: a chain that starts at the signed letter. */
export function hashAmendment(line: {
  previous: string
  itemId: number
  receiverId: number
  from: number
  to: number
  reason: string
  actor: string
}): string {
  return createHash('sha256')
    .update(JSON.stringify([line.previous, line.itemId, line.receiverId, line.from, line.to, line.reason, line.actor]))
    .digest('hex')
}
