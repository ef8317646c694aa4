import { sql } from 'kysely'
import { z } from 'zod'
import {
  DomainError,
  actorName,
  findFederations,
  found,
  listChildren,
  recordAudit,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { findItem, type Item } from './items.ts'
import { findPlan, nameParty, type Party, type Plan } from './plans.ts'
import { shareColumns, showShares, toShare, type Share } from './shares.ts'
import { findLimit } from './splits.ts'

export type SplitRow = {
  body: Party
  /** False: holds a share but is no longer a subordinate. */
  current: boolean
  share: Share | null
}

export type SplitView = {
  plan: Plan
  item: Item
  body: Party
  share: Share
  /** What the children hold together, for `sum` items. */
  allocated: number | null
  /** The most by which the children may pass the share. */
  limit: number
  rows: SplitRow[]
  /** Why nobody can edit it now: a message key; null: it can be edited. */
  blocked: string | null
}

export const GetSplit = z.object({ itemId: z.int().positive(), bodyId: z.int().positive().optional() })
export const IssueSplit = z.object({ itemId: z.int().positive(), version: z.int().min(0) })

/**
 * What a body makes of its share: its own by default, or that of a body below it, whose drafts stay its own business.
 *
 * @throws DomainError not_found where the body has no share within sight
 */
export async function getSplit(ctx: TenantContext, input: z.output<typeof GetSplit>): Promise<SplitView> {
  requirePermission(ctx, 'target:read')
  const bodyId = input.bodyId ?? ctx.tenantId
  const item = await findItem(ctx, input.itemId)
  const plan = await findPlan(ctx, item.planId)
  // Two questions, each with an index of its own (allocation_pkey, allocation_children): joined by "or" they get none on a young table.
  const held = ctx.db.selectFrom('targets.allocation').select(shareColumns).where('item_id', '=', item.id)
  const own = await held.where('receiver_id', '=', bodyId).executeTakeFirst()
  const rows = await held.where('above_id', '=', bodyId).execute()
  const [first, ...below] = await showShares(ctx, [found(own, 'errors.shareNotFound'), ...rows])
  const share = found(first, 'errors.shareNotFound')
  const shares = new Map(below.map((one) => [one.receiverId, one]))
  const children = await listChildren(ctx, bodyId, plan.hierarchy)
  const former = [...shares.keys()].filter((id) => !children.some((child) => child.id === id))
  const bodies = await findFederations(ctx, [bodyId, ...former])
  return {
    plan,
    item,
    body: nameParty(bodies, bodyId),
    share,
    allocated: item.method === 'sum' && share.reserve !== null ? share.value - share.reserve : null,
    limit: item.method === 'sum' ? findLimit(share.value, plan.overAllocation) : 0,
    rows: [
      ...children.map((child) => ({
        body: {
          id: child.id,
          code: child.code,
          name: child.name,
          shortName: child.shortName,
          level: child.level,
          kind: child.kind,
        },
        current: true,
        share: shares.get(child.id) ?? null,
      })),
      ...former.map((id) => ({ body: nameParty(bodies, id), current: false, share: shares.get(id) ?? null })),
    ],
    blocked: findBlock(plan, share),
  }
}

/** Why a body cannot split its share now: it splits what it has accepted; only the plan's issuer starts from its own. */
function findBlock(plan: Pick<Plan, 'state'>, share: Pick<Share, 'issuerId' | 'receiverId' | 'state'>): string | null {
  if (plan.state === 'closed') return 'errors.planClosed'
  const isRoot = share.issuerId === share.receiverId
  return isRoot || share.state === 'accepted' || share.state === 'settled' || share.state === 'signed'
    ? null
    : 'errors.splitNotAccepted'
}

export type HeldShare = { item: Item; plan: Plan; share: Share }

/**
 * The body's own share of an item, held until the end of the transaction: whoever changes the family takes turns here.
 *
 * @throws DomainError not_found; conflict when it cannot be split now or `version` is not the split's present one
 */
export async function holdShare(ctx: TenantContext, input: { itemId: number; version?: number }): Promise<HeldShare> {
  const row = found(
    await ctx.db
      .selectFrom('targets.allocation')
      .select(shareColumns)
      .where('item_id', '=', input.itemId)
      .where('receiver_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'errors.shareNotFound',
  )
  const share = toShare(row)
  const item = await findItem(ctx, input.itemId)
  const plan = await findPlan(ctx, item.planId)
  const blocked = findBlock(plan, share)
  if (blocked) throw new DomainError('conflict', blocked)
  if (input.version !== undefined && share.splitVersion !== input.version)
    throw new DomainError('conflict', 'errors.splitChanged')
  return { item, plan, share }
}

/** The shares a body has given, drafts included. */
export async function readChildren(ctx: TenantContext, itemId: number): Promise<Map<number, Share>> {
  const rows = await ctx.db
    .selectFrom('targets.allocation')
    .select(shareColumns)
    .where('item_id', '=', itemId)
    .where('above_id', '=', ctx.tenantId)
    .execute()
  return new Map(rows.map((row) => [row.receiver_id, toShare(row)]))
}

/** The version with which the next save of this split must come. */
export async function readSplitVersion(ctx: TenantContext, itemId: number): Promise<number> {
  const row = await ctx.db
    .selectFrom('targets.allocation')
    .select('split_version')
    .where('item_id', '=', itemId)
    .where('receiver_id', '=', ctx.tenantId)
    .executeTakeFirstOrThrow()
  return row.split_version
}

/**
 * Issues what was prepared to the children: from now on they see their shares and answer for them.
 *
 * @returns how many were issued, and the children that hold no share of this item
 * @throws DomainError conflict when the plan itself is not issued, or nothing waits to be issued
 */
export async function issueSplit(
  ctx: TenantContext,
  input: z.output<typeof IssueSplit>,
): Promise<{ issued: number; without: Party[]; version: number }> {
  requirePermission(ctx, 'target:issue')
  const { item, plan } = await holdShare(ctx, input)
  if (plan.state !== 'issued') throw new DomainError('conflict', 'errors.planNotIssued')
  const issued = await ctx.db
    .updateTable('targets.allocation')
    .set({ state: 'issued', issued_at: ctx.now, issued_by: actorName(ctx.actor), version: sql<number>`version + 1` })
    .where('item_id', '=', item.id)
    .where('above_id', '=', ctx.tenantId)
    .where('state', '=', 'draft')
    .returning('receiver_id')
    .execute()
  if (issued.length === 0) throw new DomainError('conflict', 'errors.splitNothingToIssue')
  const holders = await readChildren(ctx, item.id)
  const children = await listChildren(ctx, ctx.tenantId, plan.hierarchy)
  await recordAudit(ctx, {
    action: 'split.issue',
    objectKind: 'item',
    objectId: item.id,
    after: { issued: issued.length },
  })
  return {
    issued: issued.length,
    without: children
      .filter((child) => !holders.has(child.id))
      .map((child) => ({
        id: child.id,
        code: child.code,
        name: child.name,
        shortName: child.shortName,
        level: child.level,
        kind: child.kind,
      })),
    version: await readSplitVersion(ctx, item.id),
  }
}
