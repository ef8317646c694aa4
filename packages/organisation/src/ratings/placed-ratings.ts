import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'

const states = ['planned', 'self_assessed', 'recommended', 'under_review', 'published', 'awarded', 're_check'] as const
export type PlacedState = (typeof states)[number]

export type PlacedRating = {
  tenantId: number
  /** Left out: the body itself. */
  grantorId?: number
  schemeId: number
  unionId: number
  state: PlacedState
  /** Left out: the lowest. */
  rank?: number
  recommendation?: string
  /** Who reviews it, when it is under review. */
  committee?: readonly string[]
  /** Who of the committee has stepped back. */
  recused?: readonly string[]
  isScored?: boolean
  /** An appeal that nobody has answered. */
  appeal?: string
}

/** A rating of a body's own union in some state, brought in as loaders do: without the way to it. */
export async function aRating(
  deps: Deps,
  placed: PlacedRating,
): Promise<{ ratingId: number; version: number; appealId: number }> {
  const { tenantId, schemeId, unionId, state, grantorId = placed.tenantId } = placed
  const step = states.indexOf(state)
  return withTenant(deps, systemActor('test', tenantId), async (ctx) => {
    const { id, version } = await ctx.db
      .insertInto('organisation.rating')
      .values({
        tenant_id: tenantId,
        grantor_id: grantorId,
        scheme_id: schemeId,
        union_id: unionId,
        year: 2026,
        quarter: 4,
        target_rank: placed.rank ?? 1,
        state,
        ...(step >= 1 ? { self_total: 90, self_by: 'somebody' } : {}),
        ...(step >= 2
          ? {
              recommendation: placed.recommendation ?? '同意推荐',
              recommended_by: 'somebody',
              recommended_on: '2026-10-01',
            }
          : {}),
        ...(step >= 4
          ? {
              review_total: 9000,
              awarded_rank: placed.rank ?? 1,
              published_on: '2026-11-01',
              notice_ends_on: '2026-12-01',
            }
          : {}),
        ...(step >= 5 ? { notice_ends_on: '2026-11-08', awarded_on: '2026-11-09', awarded_by: 'somebody' } : {}),
      })
      .returning(['id', 'version'])
      .executeTakeFirstOrThrow()
    if (placed.committee !== undefined)
      await ctx.db
        .insertInto('organisation.rating_review')
        .values(
          placed.committee.map((reviewer) => ({
            rating_id: id,
            tenant_id: tenantId,
            reviewer,
            ...(placed.recused?.includes(reviewer) === true
              ? { recused_on: '2026-11-01', recusal_reason: '与该单位有利害关系' }
              : {}),
            ...(placed.isScored === true ? { total: 90, submitted_at: '2026-11-01T00:00:00Z' } : {}),
          })),
        )
        .execute()
    if (step >= 5)
      await ctx.db
        .insertInto('organisation.home_title')
        .values({
          tenant_id: tenantId,
          grantor_id: grantorId,
          rating_id: id,
          union_id: unionId,
          scheme_id: schemeId,
          rank: placed.rank ?? 1,
          certificate_no: `W${id}`,
          held_from: '2026-11-09',
          valid_to: '2027-11-09',
        })
        .execute()
    if (placed.appeal === undefined) return { ratingId: id, version, appealId: 0 }
    const appeal = await ctx.db
      .insertInto('organisation.rating_appeal')
      .values({
        rating_id: id,
        tenant_id: tenantId,
        grantor_id: grantorId,
        reason: placed.appeal,
        raised_by: 'somebody',
        raised_on: '2026-11-02',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { ratingId: id, version, appealId: appeal.id }
  })
}

/** This year's appraisal of a union, counted: nine satisfied, one invalid. */
export async function aCountedAppraisal(
  deps: Deps,
  placed: { tenantId: number; unionId: number; state: 'closed' | 'published' },
): Promise<{ appraisalId: number; version: number }> {
  return withTenant(deps, systemActor('test', placed.tenantId), async (ctx) => {
    const { id, version } = await ctx.db
      .insertInto('organisation.appraisal')
      .values({
        tenant_id: placed.tenantId,
        union_id: placed.unionId,
        year: 2026,
        state: placed.state,
        group_size: 3,
        members: 10,
        eligible: 10,
        slips: 10,
        participation: 3000,
        opened_on: '2026-05-01',
        closes_on: '2026-05-08',
        closed_on: '2026-05-08',
        published_on: placed.state === 'published' ? '2026-05-09' : null,
        satisfied: 9,
        basic: 0,
        unsatisfied: 0,
        invalid: 1,
      })
      .returning(['id', 'version'])
      .executeTakeFirstOrThrow()
    return { appraisalId: id, version }
  })
}
