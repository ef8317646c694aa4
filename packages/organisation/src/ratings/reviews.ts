import { listColleagues } from '@gonglian/auth/colleagues'
import { DomainError, actorName, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { findVetoes, meanScore, reachRank, reachesQuorum } from './rating-scores.ts'
import { RatingRef, checkScores, lockRating, moveRating } from './ratings.ts'
import { getScheme, type Scheme } from './schemes.ts'

const Reviewer = z.string().trim().min(2).max(80)
const Reason = z.string().trim().min(4).max(500)

export const ListReviewers = z.object({ ratingId: z.int().positive() })

/** Whom the granting body can name to review one of its ratings: who may review, and why one of them can't sit on this committee. */
export async function listReviewers(
  ctx: TenantContext,
  input: z.output<typeof ListReviewers>,
): Promise<{ username: string; displayName: string; isInvolved: boolean; isRecused: boolean }[]> {
  requirePermission(ctx, 'rating:review')
  const rating = found(
    await ctx.db
      .selectFrom('organisation.rating')
      .select(['id', 'recommended_by', 'self_by'])
      .where('id', '=', input.ratingId)
      .where('grantor_id', '=', ctx.tenantId)
      .executeTakeFirst(),
    'organisation.ratingNotFound',
  )
  const recused = await listRecused(ctx, rating.id)
  return (await listColleagues(ctx, 'rating:review')).map((one) => ({
    ...one,
    isInvolved: isInvolved(rating, one.username),
    isRecused: recused.has(one.username),
  }))
}

/** Whoever recommended a rating, or scored it for the union, does not review it. */
const isInvolved = (rating: { recommended_by: string; self_by: string }, username: string) =>
  username === rating.recommended_by || username === rating.self_by

async function listRecused(ctx: TenantContext, ratingId: number): Promise<ReadonlySet<string>> {
  const rows = await ctx.db
    .selectFrom('organisation.rating_review')
    .select('reviewer')
    .where('rating_id', '=', ratingId)
    .where('recused_on', 'is not', null)
    .execute()
  return new Set(rows.map(({ reviewer }) => reviewer))
}

export const OpenReview = z.object({
  ...RatingRef,
  /** User names of the committee. */
  reviewers: z.array(Reviewer).min(3).max(50),
})

/**
 * The granting body takes a recommendation into review and names the committee (M045): at least as many as the scheme asks for, never
 * less than three, each an account of its own that may review; whoever recommended it, scored it for the union or stepped back from it does not review it.
 *
 * @throws DomainError invalid organisation.reviewersFew, organisation.reviewerUnknown, organisation.reviewerInvolved, organisation.reviewerAway with fields
 */
export async function openReview(ctx: TenantContext, input: z.output<typeof OpenReview>): Promise<{ version: number }> {
  requirePermission(ctx, 'rating:review')
  const row = await lockRating(ctx, input, { to: 'under_review', side: 'grantor' })
  const scheme = await getScheme(ctx, { schemeId: row.scheme_id })
  const reviewers = [...new Set(input.reviewers)]
  if (reviewers.length < scheme.minReviewers)
    throw new DomainError('invalid', 'organisation.reviewersFew', {
      params: { count: scheme.minReviewers },
      fields: [{ path: 'reviewers', key: 'organisation.reviewersFew', params: { count: scheme.minReviewers } }],
    })
  const able = new Set((await listColleagues(ctx, 'rating:review')).map(({ username }) => username))
  const recused = await listRecused(ctx, row.id)
  const faults = input.reviewers.flatMap((reviewer, index) => {
    const params = { name: reviewer }
    const path = `reviewers.${index}`
    if (isInvolved(row, reviewer)) return [{ path, params, key: 'organisation.reviewerInvolved' }]
    if (!able.has(reviewer)) return [{ path, params, key: 'organisation.reviewerUnknown' }]
    return recused.has(reviewer) ? [{ path, params, key: 'organisation.reviewerAway' }] : []
  })
  const [fault] = faults
  if (fault !== undefined) throw new DomainError('invalid', fault.key, { params: fault.params, fields: faults })
  // A rating that came back from the union is reviewed anew by whoever is named now.
  await ctx.db
    .updateTable('organisation.rating_review')
    .set({ total: null, submitted_at: null, scores: '[]', vetoes: [] })
    .where('rating_id', '=', row.id)
    .where('recused_on', 'is', null)
    .execute()
  await ctx.db
    .insertInto('organisation.rating_review')
    .values(reviewers.map((reviewer) => ({ rating_id: row.id, tenant_id: row.grantor_id, reviewer })))
    .onConflict((conflict) => conflict.columns(['rating_id', 'reviewer']).doNothing())
    .execute()
  return moveRating(ctx, row, 'under_review', {}, { details: { reviewers: reviewers.length } })
}

async function findReview(
  ctx: TenantContext,
  ratingId: number,
  reviewer: string,
  states: readonly string[] = ['under_review'],
) {
  const rating = found(
    await ctx.db.selectFrom('organisation.rating').selectAll().where('id', '=', ratingId).forShare().executeTakeFirst(),
    'organisation.ratingNotFound',
  )
  const review = found(
    await ctx.db
      .selectFrom('organisation.rating_review')
      .selectAll()
      .where('rating_id', '=', ratingId)
      .where('tenant_id', '=', ctx.tenantId)
      .where('reviewer', '=', reviewer)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.reviewNotYours',
  )
  if (!states.includes(rating.state))
    throw new DomainError('conflict', 'organisation.ratingStep', { params: { state: rating.state } })
  return { rating, review }
}

export const RecuseReviewer = z.object({ ratingId: z.int().positive(), reviewer: Reviewer, reason: Reason })

/** A member of the committee steps back (回避), or the leader sends one back; what they scored does not count. */
export async function recuseReviewer(ctx: TenantContext, input: z.output<typeof RecuseReviewer>): Promise<void> {
  requirePermission(ctx, 'rating:review')
  if (input.reviewer !== actorName(ctx.actor)) requirePermission(ctx, 'rating:award')
  const { review } = await findReview(ctx, input.ratingId, input.reviewer)
  await ctx.db
    .updateTable('organisation.rating_review')
    .set({
      recused_on: ctx.today,
      recusal_reason: input.reason,
      total: null,
      submitted_at: null,
      scores: '[]',
      vetoes: [],
      version: review.version + 1,
    })
    .where('id', '=', review.id)
    .execute()
  await recordAudit(ctx, {
    action: 'rating.recuse',
    objectKind: 'rating',
    objectId: input.ratingId,
    after: { reviewer: input.reviewer, reason: input.reason },
  })
}

export const ReadmitReviewer = z.object({ ratingId: z.int().positive(), reviewer: Reviewer, reason: Reason })

/**
 * Takes back that a member of the committee stepped back, for instance when it was somebody else of the same name: a leader decides it, and says why. The
 * member scores anew.
 *
 * @throws DomainError not_found organisation.reviewNotYours; conflict organisation.ratingStep, organisation.reviewerPresent
 */
export async function readmitReviewer(ctx: TenantContext, input: z.output<typeof ReadmitReviewer>): Promise<void> {
  requirePermission(ctx, 'rating:award')
  const { review } = await findReview(ctx, input.ratingId, input.reviewer, ['recommended', 'under_review'])
  if (review.recused_on === null) throw new DomainError('conflict', 'organisation.reviewerPresent')
  await ctx.db
    .updateTable('organisation.rating_review')
    .set({ recused_on: null, recusal_reason: '', version: review.version + 1 })
    .where('id', '=', review.id)
    .execute()
  await recordAudit(ctx, {
    action: 'rating.readmit',
    objectKind: 'rating',
    objectId: input.ratingId,
    before: { recusedOn: review.recused_on, reason: review.recusal_reason },
    after: { reviewer: input.reviewer, reason: input.reason },
  })
}

export const ScoreRating = z.object({
  ratingId: z.int().positive(),
  scores: z.array(z.object({ position: z.int().min(1).max(300), score: z.int().min(0).max(1000) })).max(300),
  /** Veto items the reviewer found to stand against it. */
  vetoes: z.array(z.int().min(1).max(300)).max(50).default([]),
})

/**
 * A member of the committee hands in the own scores, seen by nobody else of the committee before the result.
 *
 * @throws DomainError not_found organisation.reviewNotYours; conflict organisation.reviewerRecused; invalid with fields
 */
export async function scoreRating(ctx: TenantContext, input: z.output<typeof ScoreRating>): Promise<{ total: number }> {
  requirePermission(ctx, 'rating:review')
  const { rating, review } = await findReview(ctx, input.ratingId, actorName(ctx.actor))
  if (review.recused_on !== null) throw new DomainError('conflict', 'organisation.reviewerRecused')
  const scheme = await getScheme(ctx, { schemeId: rating.scheme_id })
  const vetoable = new Set(scheme.items.filter((item) => item.isVeto).map((item) => item.position))
  const faults = [
    ...checkScores(scheme, input.scores),
    ...input.vetoes.flatMap((position, index) =>
      vetoable.has(position) ? [] : [{ path: `vetoes.${index}`, key: 'organisation.itemUnknown' }],
    ),
  ]
  if (faults.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields: faults })
  const total = input.scores.reduce((sum, one) => sum + one.score, 0)
  await ctx.db
    .updateTable('organisation.rating_review')
    .set({
      scores: JSON.stringify(input.scores),
      vetoes: [...new Set(input.vetoes)],
      total,
      submitted_at: ctx.now,
      version: review.version + 1,
    })
    .where('id', '=', review.id)
    .execute()
  // What was given stays on the sheet, which the grantor alone reads.
  await recordAudit(ctx, {
    action: 'rating.score',
    objectKind: 'rating',
    objectId: input.ratingId,
    after: { sheet: review.version + 1 },
  })
  return { total }
}

export type Verdict = {
  readonly scored: number
  readonly eligible: number
  readonly isQuorate: boolean
  /** Hundredths of a point. */
  readonly mean: number | null
  readonly vetoes: readonly number[]
  /** 0: none. */
  readonly rank: number
}

/** What the scores handed in so far come to. */
export async function readVerdict(
  ctx: TenantContext,
  ratingId: number,
  scheme: Scheme,
  wished: number,
): Promise<Verdict> {
  const reviews = await ctx.db
    .selectFrom('organisation.rating_review')
    .select(['total', 'vetoes'])
    .where('rating_id', '=', ratingId)
    .where('recused_on', 'is', null)
    .execute()
  const scored = reviews.flatMap(({ total, vetoes }) => (total === null ? [] : [{ total, vetoes }]))
  const mean = meanScore(scored.map((one) => one.total))
  const vetoes = findVetoes(scored)
  return {
    scored: scored.length,
    eligible: reviews.length,
    isQuorate: reachesQuorum({
      scored: scored.length,
      eligible: reviews.length,
      least: scheme.minReviewers,
      quorum: scheme.quorum,
    }),
    mean,
    vetoes,
    rank: vetoes.length > 0 || mean === null ? 0 : reachRank(scheme.levels, mean, wished),
  }
}

export const ReturnRating = z.object({ ...RatingRef, reason: Reason })

/** Sends a recommendation back to the union with the reason: material lacks, or the score does not reach. */
export async function returnRating(
  ctx: TenantContext,
  input: z.output<typeof ReturnRating>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'rating:review')
  const row = await lockRating(ctx, input, { to: 'self_assessed', side: 'grantor' })
  return moveRating(ctx, row, 'self_assessed', { decision: input.reason }, { reason: input.reason })
}

export const PublishRating = z.object(RatingRef)

/**
 * Publishes the result for the notice period of the scheme; whoever doubts it appeals within it.
 *
 * @throws DomainError conflict organisation.quorumMissing, organisation.ratingVetoed, organisation.scoreLow
 */
export async function publishRating(
  ctx: TenantContext,
  input: z.output<typeof PublishRating>,
): Promise<{ version: number; rank: number; mean: number; noticeEndsOn: string }> {
  requirePermission(ctx, 'rating:review')
  const row = await lockRating(ctx, input, { to: 'published', side: 'grantor' })
  const scheme = await getScheme(ctx, { schemeId: row.scheme_id })
  const verdict = await readVerdict(ctx, row.id, scheme, row.target_rank)
  const { scored, eligible, mean, rank } = verdict
  if (!verdict.isQuorate || mean === null)
    throw new DomainError('conflict', 'organisation.quorumMissing', {
      params: { scored, eligible, least: scheme.minReviewers },
    })
  if (verdict.vetoes.length > 0)
    throw new DomainError('conflict', 'organisation.ratingVetoed', { params: { items: verdict.vetoes.join('、') } })
  if (rank === 0) throw new DomainError('conflict', 'organisation.scoreLow', { params: { score: mean / 100 } })
  const { rows } = await sql<{
    ends: string
  }>`select (${ctx.today}::date + ${scheme.noticeDays}::int)::text as ends`.execute(ctx.db)
  const noticeEndsOn = rows[0]?.ends ?? ctx.today
  const { version } = await moveRating(
    ctx,
    row,
    'published',
    { review_total: mean, awarded_rank: rank, published_on: ctx.today, notice_ends_on: noticeEndsOn },
    { details: { mean, rank, scored, eligible } },
  )
  return { version, rank, mean, noticeEndsOn }
}
