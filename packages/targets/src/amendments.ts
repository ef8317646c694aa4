import { createHash } from 'node:crypto'
import type { DB } from '@gonglian/db'
import { paging, requirePermission, type TenantContext } from '@gonglian/tenancy'
import type { Selectable } from 'kysely'
import { z } from 'zod'

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

type WhichShares = { itemIds: readonly number[]; receiverId?: number | undefined }

export const ListAmendments = z.object(paging)

/** The lines of a share's file, oldest first, a page at a time; of all shares of an item that are within sight when no receiver is named. */
export async function listAmendments(
  ctx: TenantContext,
  { page, pageSize, ...which }: WhichShares & z.output<typeof ListAmendments>,
): Promise<{ rows: Amendment[]; total: number }> {
  requirePermission(ctx, 'target:read')
  if (which.itemIds.length === 0) return { rows: [], total: 0 }
  const query = selectAmendments(ctx, which)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .selectAll()
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { rows: rows.map(toAmendment), total }
}

/** All lines of the shares in one letter, for the chain of their hashes. The caller has checked the permission. */
export async function readAmendments(ctx: TenantContext, which: WhichShares): Promise<Amendment[]> {
  if (which.itemIds.length === 0) return []
  return (await selectAmendments(ctx, which).selectAll().orderBy('id').execute()).map(toAmendment)
}

function selectAmendments(ctx: TenantContext, { itemIds, receiverId }: WhichShares) {
  const query = ctx.db.selectFrom('targets.amendment').where('item_id', 'in', [...itemIds])
  return receiverId === undefined ? query : query.where('receiver_id', '=', receiverId)
}

function toAmendment(row: Selectable<DB['targets.amendment']>): Amendment {
  return {
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
  }
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
