import { z } from 'zod'
import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { holdShare } from './allocations.ts'
import { TargetFigure, readTarget } from './measures.ts'
import { holdChildren, moveShares } from './moves.ts'

export const SettleAllocation = z.object({
  itemId: z.int().positive(),
  receiverId: z.int().positive(),
  /** Of the disputed share, as the issuer saw it. */
  version: z.int(),
  value: TargetFigure,
  reply: z.string().trim().min(2).max(500),
  exemption: z.string().trim().max(500).default(''),
})

/**
 * Answers a dispute with a value that then stands: the old one, the one asked for, or one between. The difference goes into the
 * issuer's reserve.
 *
 * @throws DomainError conflict when the share is not in dispute or was changed meanwhile
 */
export async function settleAllocation(ctx: TenantContext, input: z.output<typeof SettleAllocation>): Promise<void> {
  requirePermission(ctx, 'target:settle')
  const held = await holdShare(ctx, { itemId: input.itemId })
  const shares = await holdChildren(ctx, held)
  const share = found(
    input.receiverId === ctx.tenantId ? undefined : shares.get(input.receiverId),
    'errors.shareNotFound',
  )
  if (share.state !== 'disputed') throw new DomainError('conflict', 'errors.settleNotDisputed')
  if (share.version !== input.version) throw new DomainError('conflict', 'errors.shareChanged')
  const value = readTarget(held.item.measure, input.value)
  if (!value.ok)
    throw new DomainError('invalid', value.key, {
      params: value.params,
      fields: [{ path: 'value', key: value.key, params: value.params }],
    })
  await moveShares(ctx, held, shares, [
    { share, path: 'value', to: value.value, exemption: input.exemption || share.exemption, reason: input.reply },
  ])
  await recordAudit(ctx, {
    action: 'share.settle',
    objectKind: 'item',
    objectId: held.item.id,
    before: {
      receiverId: share.receiverId,
      value: share.value,
      counterValue: share.counterValue,
      exemption: share.exemption,
    },
    after: { value: value.value, reply: input.reply, exemption: input.exemption || share.exemption },
  })
}
