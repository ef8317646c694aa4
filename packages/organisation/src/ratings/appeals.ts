import {
  DomainError,
  actorName,
  found,
  recordAudit,
  requireFreshProof,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { lockRating, moveRating } from './ratings.ts'

export const AppealRating = z.object({
  ratingId: z.int().positive(),
  reason: z.string().trim().min(4).max(1000),
  /** Who doubts the result, when the office only writes it down. */
  raisedBy: z.string().trim().max(80).default(''),
})

/**
 * Doubts a published result within its notice period: the union's own body, or the granting one for people who come to it.
 *
 * @throws DomainError conflict organisation.noticeOver, organisation.ratingStep
 */
export async function appealRating(
  ctx: TenantContext,
  input: z.output<typeof AppealRating>,
): Promise<{ appealId: number }> {
  requirePermission(ctx, 'organisation:write')
  const row = found(
    await ctx.db
      .selectFrom('organisation.rating')
      .selectAll()
      .where('id', '=', input.ratingId)
      .forShare()
      .executeTakeFirst(),
    'organisation.ratingNotFound',
  )
  if (row.state !== 'published')
    throw new DomainError('conflict', 'organisation.ratingStep', { params: { state: row.state } })
  if (row.notice_ends_on !== null && ctx.today > row.notice_ends_on)
    throw new DomainError('conflict', 'organisation.noticeOver', { params: { until: row.notice_ends_on } })
  const { id } = await ctx.db
    .insertInto('organisation.rating_appeal')
    .values({
      rating_id: row.id,
      tenant_id: row.tenant_id,
      grantor_id: row.grantor_id,
      reason: input.reason,
      raised_by: input.raisedBy || actorName(ctx.actor),
      raised_on: ctx.today,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, { action: 'rating.appeal', objectKind: 'rating', objectId: row.id, after: { appealId: id } })
  return { appealId: id }
}

export const AnswerAppeal = z.object({
  appealId: z.int().positive(),
  outcome: z.enum(['upheld', 'rejected']),
  answer: z.string().trim().min(4).max(1000),
})

/**
 * The leader of the granting body answers an appeal. Upheld, the result goes back to the committee and is published anew later.
 *
 * @throws DomainError not_found organisation.appealNotFound; conflict organisation.appealAnswered
 */
export async function answerAppeal(ctx: TenantContext, input: z.output<typeof AnswerAppeal>): Promise<void> {
  requirePermission(ctx, 'rating:award')
  requireFreshProof(ctx)
  const appeal = found(
    await ctx.db
      .selectFrom('organisation.rating_appeal')
      .selectAll()
      .where('id', '=', input.appealId)
      .where('grantor_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.appealNotFound',
  )
  if (appeal.outcome !== null) throw new DomainError('conflict', 'organisation.appealAnswered')
  await ctx.db
    .updateTable('organisation.rating_appeal')
    .set({ outcome: input.outcome, answer: input.answer, answered_on: ctx.today })
    .where('id', '=', appeal.id)
    .execute()
  const { version } = await ctx.db
    .selectFrom('organisation.rating')
    .select('version')
    .where('id', '=', appeal.rating_id)
    .executeTakeFirstOrThrow()
  if (input.outcome === 'upheld') {
    const row = await lockRating(ctx, { ratingId: appeal.rating_id, version }, { to: 'under_review', side: 'grantor' })
    await moveRating(
      ctx,
      row,
      'under_review',
      { review_total: null, awarded_rank: null, published_on: null, notice_ends_on: null },
      { reason: input.answer },
    )
  } else
    await recordAudit(ctx, {
      action: 'rating.appealRejected',
      objectKind: 'rating',
      objectId: appeal.rating_id,
      after: { appealId: appeal.id, answer: input.answer },
    })
}
