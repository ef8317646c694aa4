import type { DB } from '@gonglian/db'
import {
  DomainError,
  actorName,
  found,
  listSuperiors,
  requirePermission,
  type FieldError,
  type Level,
  type TenantContext,
} from '@gonglian/tenancy'
import type { Updateable } from 'kysely'
import { z } from 'zod'
import { checkEvidence } from '../evidence/evidence.ts'
import { findUnion, requireAcceptance } from '../checklists/ledgers.ts'
import { mayStep, type RatingState, type Side } from './rating-scores.ts'
import { findRank, getScheme, type Scheme } from './schemes.ts'
import { readGround, refuseGround } from './titles.ts'
import { recordStep } from '../steps.ts'
import { takeMembers } from '../members/registered.ts'

export const RatingRef = { ratingId: z.int().positive(), version: z.int().positive() }
const order: readonly Level[] = ['township', 'county', 'city', 'province', 'national']

/** M153: the body in whose authority a level lies: the owner itself if it is of that level or above, else the nearest superior that is. */
export async function findGrantor(ctx: TenantContext, ownerId: number, grantedBy: Level): Promise<number> {
  const chain = (await listSuperiors(ctx, ownerId)).toReversed()
  const grantor = chain.find((body) => order.indexOf(body.level) >= order.indexOf(grantedBy))
  if (grantor === undefined)
    throw new DomainError('conflict', 'organisation.noGrantor', { params: { level: grantedBy } })
  return grantor.id
}

export type RatingRow = Awaited<ReturnType<typeof lockRating>>

/**
 * A rating held until the end of the transaction, as it was seen, about to take a step.
 *
 * @throws DomainError not_found organisation.ratingNotFound; conflict errors.conflict, organisation.ratingStep; forbidden for the wrong side
 */
export async function lockRating(
  ctx: TenantContext,
  ref: { ratingId: number; version: number },
  step: { to: RatingState; side: Side } | null,
) {
  const row = found(
    await ctx.db
      .selectFrom('organisation.rating')
      .selectAll()
      .where('id', '=', ref.ratingId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.ratingNotFound',
  )
  const isSystem = ctx.actor.kind === 'system'
  if (step && !isSystem && ctx.tenantId !== (step.side === 'owner' ? row.tenant_id : row.grantor_id))
    throw new DomainError(
      'forbidden',
      step.side === 'owner' ? 'organisation.ratingOwners' : 'organisation.ratingGrantors',
    )
  if (row.version !== ref.version) throw new DomainError('conflict', 'errors.conflict')
  if (step && !mayStep(row.state, step.to, step.side))
    throw new DomainError('conflict', 'organisation.ratingStep', { params: { state: row.state } })
  return row
}

/** Writes a step of a rating and its history. */
export async function moveRating(
  ctx: TenantContext,
  row: RatingRow,
  to: RatingState,
  set: Updateable<DB['organisation.rating']>,
  why: { reason?: string; details?: Record<string, string | number | null> } = {},
): Promise<{ version: number }> {
  const version = row.version + 1
  await ctx.db
    .updateTable('organisation.rating')
    .set({ ...set, state: to, version })
    .where('id', '=', row.id)
    .execute()
  await recordStep(ctx, { kind: 'rating', id: row.id, owner: row.tenant_id, from: row.state, to, ...why })
  return { version }
}

export const SelfAssess = z.object({
  ...RatingRef,
  /** Members today, for schemes that ask for a rate, of a union that keeps none in the register. */
  memberCount: z.int().min(0).max(2_000_000).nullable().default(null),
  scores: z
    .array(
      z.object({
        position: z.int().min(1).max(300),
        score: z.int().min(0).max(1000),
        evidenceId: z.int().positive().nullable().default(null),
      }),
    )
    .max(300),
})

/** Scores held against a scheme: each item once, none above its maximum. */
export function checkScores(scheme: Scheme, scores: readonly { position: number; score: number }[]): FieldError[] {
  const items = scheme.items.filter((item) => !item.isVeto)
  const given = new Map(scores.map((one) => [one.position, one.score]))
  const faults: FieldError[] = scores.flatMap(({ position, score }, index) => {
    const item = items.find((one) => one.position === position)
    const path = `scores.${index}`
    if (item === undefined || scores.findIndex((other) => other.position === position) < index)
      return [{ path, key: 'organisation.itemUnknown' }]
    return score > item.maxScore
      ? [{ path: `${path}.score`, key: 'errors.inputLarge', params: { limit: item.maxScore } }]
      : []
  })
  const open = items.filter((item) => !given.has(item.position))
  return open.length === 0
    ? faults
    : [...faults, { path: 'scores', key: 'organisation.scoresMissing', params: { count: open.length } }]
}

/**
 * The union scores itself, item by item with evidence; its blocking check-lists must be met (appendix A).
 *
 * @throws DomainError invalid with fields; conflict organisation.unionLacks, organisation.selfScoreLow
 */
export async function selfAssess(
  ctx: TenantContext,
  input: z.output<typeof SelfAssess>,
): Promise<{ version: number; total: number }> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockRating(ctx, input, null)
  if (ctx.actor.kind !== 'system' && row.tenant_id !== ctx.tenantId)
    throw new DomainError('forbidden', 'organisation.ratingOwners')
  if (row.state !== 'planned' && row.state !== 'self_assessed')
    throw new DomainError('conflict', 'organisation.ratingStep', { params: { state: row.state } })
  const scheme = await getScheme(ctx, { schemeId: row.scheme_id })
  const scored = new Map(input.scores.map((one) => [one.position, one]))
  const { members, faults: wrongMembers } = await takeMembers(ctx, row.union_id, {
    path: 'memberCount',
    typed: input.memberCount,
  })
  const faults = [
    ...wrongMembers,
    ...checkScores(scheme, input.scores),
    ...(await checkEvidence(
      ctx,
      scheme.items.flatMap((item) => {
        const one = scored.get(item.position)
        return one === undefined || one.score === 0
          ? []
          : [
              {
                path: `scores.${input.scores.indexOf(one)}.evidenceId`,
                kind: item.evidenceKind,
                evidenceId: one.evidenceId,
              },
            ]
      }),
    )),
  ]
  if (faults.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields: faults })
  if (row.union_id !== null) await requireAcceptance(ctx, row.union_id)
  const total = input.scores.reduce((sum, one) => sum + one.score, 0)
  const { minScore } = findRank(scheme, row.target_rank)
  if (total < minScore)
    throw new DomainError('conflict', 'organisation.selfScoreLow', { params: { total, needed: minScore } })
  const { version } = await moveRating(ctx, row, 'self_assessed', {
    self_scores: JSON.stringify(input.scores),
    self_total: total,
    self_by: actorName(ctx.actor),
    member_count: members,
  })
  return { version, total }
}

export const RecommendRating = z.object({ ...RatingRef, recommendation: z.string().trim().min(2).max(1000) })

/**
 * Recommends a union (or itself) to the body that grants the level. Without a members' appraisal held within twelve months there is no
 * recommendation; nobody skips a step.
 *
 * @throws DomainError conflict organisation.stepSkipped, organisation.notAppraised, organisation.satisfactionLow,
 *   organisation.membershipLow, organisation.belowLow
 */
export async function recommendRating(
  ctx: TenantContext,
  input: z.output<typeof RecommendRating>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockRating(ctx, input, { to: 'recommended', side: 'owner' })
  const scheme = await getScheme(ctx, { schemeId: row.scheme_id })
  const ground = await readGround(ctx, {
    scheme,
    level: findRank(scheme, row.target_rank),
    holder: { ownerId: row.tenant_id, unionId: row.union_id },
    memberCount: row.member_count,
    on: ctx.today,
  })
  refuseGround(ground)
  if (row.union_id !== null) await findUnion(ctx, row.union_id)
  return moveRating(ctx, row, 'recommended', {
    recommendation: input.recommendation,
    recommended_by: actorName(ctx.actor),
    recommended_on: ctx.today,
    appraisal_id: ground.appraisalId,
  })
}

export const WithdrawRating = z.object(RatingRef)

/** Takes a recommendation back while nobody has begun to review it. */
export async function withdrawRating(
  ctx: TenantContext,
  input: z.output<typeof WithdrawRating>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockRating(ctx, input, { to: 'self_assessed', side: 'owner' })
  return moveRating(ctx, row, 'self_assessed', {})
}

export const DropRating = z.object(RatingRef)

/** Strikes a plan that has not begun. */
export async function dropRating(ctx: TenantContext, input: z.output<typeof DropRating>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockRating(ctx, input, null)
  if (ctx.actor.kind !== 'system' && row.tenant_id !== ctx.tenantId)
    throw new DomainError('forbidden', 'organisation.ratingOwners')
  if (row.state !== 'planned')
    throw new DomainError('conflict', 'organisation.ratingStep', { params: { state: row.state } })
  await ctx.db.deleteFrom('organisation.rating').where('id', '=', row.id).execute()
  await recordStep(ctx, { kind: 'rating', id: row.id, from: 'planned', to: 'dropped' })
}
