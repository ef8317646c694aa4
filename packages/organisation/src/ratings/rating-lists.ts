import { actorName, found, listWithin, paging, requirePermission, type TenantContext, within } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { ratingStates } from './rating-scores.ts'
import { readVerdict } from './reviews.ts'
import { getScheme } from './schemes.ts'
import { listSteps } from '../steps.ts'

export const ListRatings = z.object({
  schemeId: z.int().positive().optional(),
  year: z.int().min(2000).max(2100).optional(),
  quarter: z.int().min(1).max(4).optional(),
  state: z.enum(ratingStates).optional(),
  /** What waits for the own body as the one that grants. */
  isGrantor: z.boolean().default(false),
  search: z.string().trim().max(60).default(''),
  sort: z.enum(['plan', 'recent']).default('plan'),
  ...within,
  ...paging,
})

/** Ratings in sight. Enters by (tenant_id, year) or, for the granting body, by (grantor_id, state). */
export async function listRatings(ctx: TenantContext, input: z.output<typeof ListRatings>) {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db
    .selectFrom('organisation.rating as r')
    .innerJoin('organisation.rating_scheme as s', 's.id', 'r.scheme_id')
    .innerJoin('tenancy.federation as f', 'f.id', 'r.tenant_id')
    .leftJoin('organisation.trade_union as u', 'u.id', 'r.union_id')
  if (bodies !== null) query = query.where('r.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.schemeId !== undefined) query = query.where('r.scheme_id', '=', input.schemeId)
  if (input.year !== undefined) query = query.where('r.year', '=', input.year)
  if (input.quarter !== undefined) query = query.where('r.quarter', '=', input.quarter)
  if (input.state !== undefined) query = query.where('r.state', '=', input.state)
  if (input.isGrantor) query = query.where('r.grantor_id', '=', ctx.tenantId)
  if (input.search !== '') {
    const needle = `%${input.search.replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) => eb.or([eb('u.name', 'ilike', needle), eb('f.name', 'ilike', needle)]))
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['r.id as ratingId', 'r.version', 'r.state', 'r.year', 'r.quarter', 'r.target_rank as targetRank'])
    .select(['r.self_total as selfTotal', 'r.review_total as reviewTotal', 'r.awarded_rank as awardedRank'])
    .select(['r.union_id as unionId', 'u.name as unionName', 'f.code as body', 'f.name as bodyName'])
    .select([
      's.id as schemeId',
      's.name_zh as schemeZh',
      's.name_en as schemeEn',
      's.track',
      'r.grantor_id as grantorId',
    ])
    .select(['r.notice_ends_on as noticeEndsOn', 'r.awarded_on as awardedOn'])
    .orderBy((eb) => (input.sort === 'recent' ? eb.ref('r.id') : eb.ref('r.year')), 'desc')
    .orderBy('r.quarter')
    .orderBy('r.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}

export const GetRating = z.object({ ratingId: z.int().positive() })

/**
 * One rating with its scheme, appeals and committee. Until the result is published, a member of the committee sees the own scores only;
 * the rated body never sees who gave what.
 */
export async function getRating(ctx: TenantContext, input: z.output<typeof GetRating>) {
  requirePermission(ctx, 'organisation:read')
  const row = found(
    await ctx.db
      .selectFrom('organisation.rating as r')
      .innerJoin('tenancy.federation as f', 'f.id', 'r.tenant_id')
      .selectAll('r')
      .select('f.name as body_name')
      .where('r.id', '=', input.ratingId)
      .executeTakeFirst(),
    'organisation.ratingNotFound',
  )
  const scheme = await getScheme(ctx, { schemeId: row.scheme_id })
  const isOpen = row.state === 'under_review'
  const reviews = await ctx.db
    .selectFrom('organisation.rating_review')
    .select(['reviewer', 'recused_on as recusedOn', 'recusal_reason as recusalReason', 'total', 'scores', 'vetoes'])
    .where('rating_id', '=', row.id)
    .orderBy('id')
    .execute()
  const appeals = await ctx.db
    .selectFrom('organisation.rating_appeal')
    .select(['id as appealId', 'reason', 'raised_by as raisedBy', 'raised_on as raisedOn', 'outcome', 'answer'])
    .where('rating_id', '=', row.id)
    .orderBy('id')
    .execute()
  return {
    ratingId: row.id,
    version: row.version,
    state: row.state,
    unionId: row.union_id,
    ownerId: row.tenant_id,
    bodyName: row.body_name,
    grantorId: row.grantor_id,
    year: row.year,
    quarter: row.quarter,
    targetRank: row.target_rank,
    memberCount: row.member_count,
    selfScores: row.self_scores,
    selfTotal: row.self_total,
    recommendation: row.recommendation,
    recommendedOn: row.recommended_on,
    reviewTotal: row.review_total,
    awardedRank: row.awarded_rank,
    publishedOn: row.published_on,
    noticeEndsOn: row.notice_ends_on,
    awardedOn: row.awarded_on,
    awardedBy: row.awarded_by,
    decision: row.decision,
    scheme,
    appeals,
    // Who reviews may not be told before it is decided; the moves of a rating are told to both sides.
    steps: await listSteps(ctx, 'rating', row.id),
    verdict: reviews.length === 0 || isOpen ? null : await readVerdict(ctx, row.id, scheme, row.target_rank),
    reviews: reviews.map((review) => {
      const isHidden = isOpen && review.reviewer !== actorName(ctx.actor)
      return {
        reviewer: review.reviewer,
        recusedOn: review.recusedOn,
        recusalReason: review.recusalReason,
        hasScored: review.total !== null,
        total: isHidden ? null : review.total,
        scores: isHidden ? [] : review.scores,
        vetoes: isHidden ? [] : review.vetoes,
      }
    }),
  }
}
