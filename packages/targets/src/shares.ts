import { sql } from 'kysely'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'

export const allocationStates = ['draft', 'issued', 'accepted', 'disputed', 'settled', 'signed'] as const
export type AllocationState = (typeof allocationStates)[number]

/** One body's share of one item. */
export type Share = {
  itemId: number
  receiverId: number
  issuerId: number
  value: number
  /**
   * Kept back when it was split; negative: over-allocated; null: not split, or split by somebody else who has not issued it yet.
   */
  reserve: number | null
  state: AllocationState
  locked: boolean
  counterValue: number | null
  reason: string
  reply: string
  exemption: string
  issuedAt: Date | null
  issuedBy: string | null
  answeredAt: Date | null
  answeredBy: string | null
  /** Of the share: what an answer refers to. */
  version: number
  /** Of what was made of it: what the editor of its split compares. */
  splitVersion: number
}

export const shareColumns = [
  'item_id',
  'receiver_id',
  'tenant_id',
  'value',
  'reserve',
  'state',
  'locked',
  'counter_value',
  'reason',
  'reply',
  'exemption',
  'issued_at',
  'issued_by',
  'answered_at',
  'answered_by',
  'version',
  'split_version',
] as const
export type ShareRow = {
  item_id: number
  receiver_id: number
  tenant_id: number
  value: number
  reserve: number | null
  state: AllocationState
  locked: boolean
  counter_value: number | null
  reason: string
  reply: string
  exemption: string
  issued_at: Date | null
  issued_by: string | null
  answered_at: Date | null
  answered_by: string | null
  version: number
  split_version: number
}

export function toShare(row: ShareRow): Share {
  return {
    itemId: row.item_id,
    receiverId: row.receiver_id,
    issuerId: row.tenant_id,
    value: row.value,
    reserve: row.reserve,
    state: row.state,
    locked: row.locked,
    counterValue: row.counter_value,
    reason: row.reason,
    reply: row.reply,
    exemption: row.exemption,
    issuedAt: row.issued_at,
    issuedBy: row.issued_by,
    answeredAt: row.answered_at,
    answeredBy: row.answered_by,
    version: row.version,
    splitVersion: row.split_version,
  }
}

/**
 * The shares as the reader may know them. What another body still drafts is its own business, also as the difference it leaves in that
 * body's reserve: for others the reserve is what the issued shares below leave, and there is none before one is issued.
 *
 * Plan: allocation_children, one range per share that is somebody else's and split.
 */
export async function showShares(ctx: TenantContext, rows: readonly ShareRow[]): Promise<Share[]> {
  const foreign = rows.filter((row) => row.receiver_id !== ctx.tenantId && row.reserve !== null)
  if (foreign.length === 0) return rows.map(toShare)
  const { rows: given } = await sql<{ item_id: number; receiver_id: number; issued: number | null; method: string }>`
    select s.item_id, s.receiver_id, i.method,
      (select sum(a.value)::bigint from targets.allocation a
       where a.above_id = s.receiver_id and a.item_id = s.item_id and a.state <> 'draft') as issued
    from unnest(${foreign.map((row) => row.item_id)}::bigint[], ${foreign.map((row) => row.receiver_id)}::int[]) as s(item_id, receiver_id)
    join targets.item i on i.id = s.item_id`.execute(ctx.db)
  const known = new Map(given.map((row) => [`${row.item_id}:${row.receiver_id}`, row]))
  return rows.map((row) => {
    const share = toShare(row)
    if (row.receiver_id === ctx.tenantId || row.reserve === null) return share
    const issued = known.get(`${row.item_id}:${row.receiver_id}`)
    if (!issued || issued.issued === null) return { ...share, reserve: null }
    return { ...share, reserve: issued.method === 'sum' ? row.value - issued.issued : 0 }
  })
}

/** What a body is held to, without what it makes of it. */
export type IssuedShare = Omit<Share, 'reserve'>

/**
 * The issued shares of the given bodies in the given items, as far as they are within sight; drafts bind nobody yet, also those the reader
 * has made. Keyed `itemId:receiverId`.
 */
export async function listShares(
  ctx: TenantContext,
  input: { itemIds: readonly number[]; receiverIds: readonly number[] },
): Promise<Map<string, IssuedShare>> {
  requirePermission(ctx, 'target:read')
  if (input.itemIds.length === 0 || input.receiverIds.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('targets.allocation')
    .select(shareColumns)
    .where('item_id', 'in', input.itemIds)
    .where('receiver_id', 'in', input.receiverIds)
    .where('state', '<>', 'draft')
    .execute()
  return new Map(
    rows.map((row) => {
      const { reserve: _, ...share } = toShare(row)
      return [`${row.item_id}:${row.receiver_id}`, share]
    }),
  )
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
  return showShares(ctx, rows)
}
