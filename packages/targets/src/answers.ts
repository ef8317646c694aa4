import { sql } from 'kysely'
import { z } from 'zod'
import { DomainError, actorName, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { shareColumns, toShare, type Share } from './shares.ts'
import { findItem } from './items.ts'
import { TargetFigure, readTarget } from './measures.ts'

export const AcceptAllocations = z.object({
  /** The shares as the body saw them: a share changed meanwhile is not accepted unseen. */
  shares: z
    .array(z.object({ itemId: z.int().positive(), version: z.int() }))
    .min(1)
    .max(500),
})
export const DisputeAllocation = z.object({
  itemId: z.int().positive(),
  version: z.int(),
  counterValue: TargetFigure,
  reason: z.string().trim().min(2).max(500),
})

/**
 * Accepts shares of the own body (签收): all of them or none.
 *
 * @throws DomainError conflict, with the shares that were changed or answered meanwhile
 */
export async function acceptAllocations(
  ctx: TenantContext,
  input: z.output<typeof AcceptAllocations>,
): Promise<{ accepted: number }> {
  requirePermission(ctx, 'target:accept')
  const held = await holdReceived(
    ctx,
    input.shares.map((share) => share.itemId),
  )
  const fields = input.shares.flatMap((asked, index) => {
    const key = refuseAnswer(held.get(asked.itemId), asked.version)
    return key ? [{ path: `shares.${index}`, key }] : []
  })
  if (fields.length > 0) throw new DomainError('conflict', fields[0]?.key ?? 'errors.shareChanged', { fields })
  await ctx.db
    .updateTable('targets.allocation')
    .set({
      state: 'accepted',
      answered_at: ctx.now,
      answered_by: actorName(ctx.actor),
      version: sql<number>`version + 1`,
    })
    .where('receiver_id', '=', ctx.tenantId)
    .where(
      'item_id',
      'in',
      input.shares.map((share) => share.itemId),
    )
    .execute()
  await recordAudit(ctx, {
    action: 'share.accept',
    objectKind: 'item',
    objectId: input.shares.map((share) => share.itemId).join(','),
    after: { accepted: held.size },
  })
  return { accepted: held.size }
}

/**
 * Asks for another share (申请调整), with the value and the reason.
 *
 * @throws DomainError conflict when the share was changed or answered meanwhile; invalid naming the field
 */
export async function disputeAllocation(ctx: TenantContext, input: z.output<typeof DisputeAllocation>): Promise<void> {
  requirePermission(ctx, 'target:dispute')
  const share = (await holdReceived(ctx, [input.itemId])).get(input.itemId)
  const refused = refuseAnswer(share, input.version)
  if (refused) throw new DomainError('conflict', refused)
  const item = await findItem(ctx, input.itemId)
  const counter = readTarget(item.measure, input.counterValue)
  if (!counter.ok)
    throw new DomainError('invalid', counter.key, {
      params: counter.params,
      fields: [{ path: 'counterValue', key: counter.key, params: counter.params }],
    })
  if (counter.value === share?.value) {
    throw new DomainError('invalid', 'errors.counterSame', {
      fields: [{ path: 'counterValue', key: 'errors.counterSame' }],
    })
  }
  await ctx.db
    .updateTable('targets.allocation')
    .set({
      state: 'disputed',
      counter_value: counter.value,
      reason: input.reason,
      answered_at: ctx.now,
      answered_by: actorName(ctx.actor),
      version: sql<number>`version + 1`,
    })
    .where('item_id', '=', input.itemId)
    .where('receiver_id', '=', ctx.tenantId)
    .execute()
  await recordAudit(ctx, {
    action: 'share.dispute',
    objectKind: 'item',
    objectId: input.itemId,
    before: { value: share?.value ?? null },
    after: { counterValue: counter.value, reason: input.reason },
  })
}

/** Shares the body received from its superior, held until the end of the transaction; its own root is none of them. */
async function holdReceived(
  ctx: TenantContext,
  itemIds: readonly number[],
): Promise<Map<number, Share & { isClosed: boolean }>> {
  const rows = await ctx.db
    .selectFrom('targets.allocation')
    .select(shareColumns)
    .where('receiver_id', '=', ctx.tenantId)
    .where('above_id', 'is not', null)
    .where('item_id', 'in', [...itemIds])
    .orderBy('item_id')
    .forUpdate()
    .execute()
  const plans = await ctx.db
    .selectFrom('targets.item as i')
    .innerJoin('targets.plan as p', 'p.id', 'i.plan_id')
    .select(['i.id', 'p.state'])
    .where('i.id', 'in', [...itemIds])
    .execute()
  const states = new Map(plans.map((plan) => [plan.id, plan.state]))
  return new Map(rows.map((row) => [row.item_id, { ...toShare(row), isClosed: states.get(row.item_id) !== 'issued' }]))
}

/** Why this share cannot be answered now: a message key. */
function refuseAnswer(share: (Share & { isClosed: boolean }) | undefined, version: number): string | null {
  const present = found(share, 'errors.shareNotFound')
  if (present.isClosed) return 'errors.planClosed'
  if (present.state !== 'issued') return 'errors.shareAnswered'
  return present.version === version ? null : 'errors.shareChanged'
}
