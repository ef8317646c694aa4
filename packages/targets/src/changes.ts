import { z } from 'zod'
import { DomainError, recordAudit, requirePermission, type FieldError, type TenantContext } from '@gonglian/tenancy'
import { holdShare, readSplitVersion } from './allocations.ts'
import { TargetFigure, readTarget } from './measures.ts'
import { holdChildren, moveShares, type Move } from './moves.ts'

export const AmendAllocations = z.object({
  itemId: z.int().positive(),
  /** Of the split, as its editor saw it. */
  version: z.int().min(0),
  changes: z
    .array(
      z.object({
        receiverId: z.int().positive(),
        toValue: TargetFigure,
        exemption: z.string().trim().max(500).default(''),
      }),
    )
    .min(1)
    .max(5000),
  reason: z.string().trim().min(2).max(500),
})
/**
 * Changes shares that were issued. What the children get more or less goes into the issuer's reserve, and what a child had
 * already split keeps its sum by the child's own reserve (P1). Signed shares stay signed, both lines in the file; whoever
 * had accepted another value and not signed is asked again. The plan's issuer may change its own root in the same step.
 *
 * @throws DomainError invalid naming the cell; conflict when the split was changed meanwhile or a share stands in dispute
 */
export async function amendAllocations(
  ctx: TenantContext,
  input: z.output<typeof AmendAllocations>,
): Promise<{ version: number; changed: number }> {
  requirePermission(ctx, 'target:amend')
  const held = await holdShare(ctx, input)
  const shares = await holdChildren(ctx, held)
  const moves: Move[] = []
  const fields: FieldError[] = []
  for (const [index, change] of input.changes.entries()) {
    const share = shares.get(change.receiverId)
    const path = `changes.${index}.toValue`
    const value = readTarget(held.item.measure, change.toValue)
    if (!share) fields.push({ path: `changes.${index}.receiverId`, key: 'errors.shareNotFound' })
    else if (moves.some((move) => move.share === share))
      fields.push({ path: `changes.${index}.receiverId`, key: 'errors.splitTwice' })
    else if (share.state === 'draft') fields.push({ path, key: 'errors.amendDraft' })
    else if (share.state === 'disputed') fields.push({ path, key: 'errors.amendDisputed' })
    else if (!value.ok) fields.push({ path, key: value.key, params: value.params })
    else if (value.value !== share.value)
      moves.push({ share, path, to: value.value, exemption: change.exemption || share.exemption, reason: input.reason })
  }
  if (fields.length > 0) throw new DomainError('invalid', fields[0]?.key ?? 'errors.invalid', { fields })
  if (moves.length === 0)
    throw new DomainError('invalid', 'errors.amendNothing', {
      fields: [{ path: 'changes', key: 'errors.amendNothing' }],
    })
  await moveShares(ctx, held, shares, moves)
  await recordAudit(ctx, {
    action: 'share.amend',
    objectKind: 'item',
    objectId: held.item.id,
    before: { reserve: held.share.reserve },
    after: {
      reason: input.reason,
      changed: moves.length,
      changes: moves.slice(0, 500).map((move) => [move.share.receiverId, move.share.value, move.to]),
    },
  })
  return { version: await readSplitVersion(ctx, held.item.id), changed: moves.length }
}
