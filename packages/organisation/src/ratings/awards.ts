import {
  DomainError,
  actorName,
  found,
  requireFreshProof,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { endTitlePaper } from '../papers/endings.ts'
import { sql } from 'kysely'
import { z } from 'zod'
import { RatingRef, lockRating, moveRating, type RatingRow } from './ratings.ts'
import { findRank, getScheme } from './schemes.ts'
import { readGround, refuseGround } from './titles.ts'
import { reCheckOutcomes } from '../codes/ratings.ts'

const Reason = z.string().trim().min(4).max(1000)

/** The title of a rating that is not ended. */
async function findTitle(ctx: TenantContext, row: RatingRow) {
  return ctx.db
    .selectFrom('organisation.home_title')
    .selectAll()
    .where('scheme_id', '=', row.scheme_id)
    .where('tenant_id', '=', row.tenant_id)
    .where(sql<boolean>`union_id is not distinct from ${row.union_id}::bigint`)
    .where('ended_on', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

async function endTitle(
  ctx: TenantContext,
  title: { readonly id: number; readonly grantor_id: number; readonly rating_id: number },
  reason: 'raised' | 'lowered' | 'revoked' | 'renewed',
): Promise<void> {
  await ctx.db
    .updateTable('organisation.home_title')
    .set({ ended_on: ctx.today, end_reason: reason })
    .where('id', '=', title.id)
    .execute()
  await endTitlePaper(ctx, title, paperEnds[reason])
}

/** Why the certificate no longer counts, as its issuer reads it. */
const paperEnds = {
  raised: '已授予更高等级称号',
  lowered: '称号等级已下调',
  revoked: '称号已撤销',
  renewed: '称号已重新认定',
} as const

async function giveTitle(
  ctx: TenantContext,
  row: RatingRow,
  title: { rank: number; certificateNo: string; months: number },
): Promise<number> {
  const { id } = await ctx.db
    .insertInto('organisation.home_title')
    .values({
      tenant_id: row.tenant_id,
      grantor_id: row.grantor_id,
      rating_id: row.id,
      union_id: row.union_id,
      scheme_id: row.scheme_id,
      rank: title.rank,
      certificate_no: title.certificateNo,
      held_from: ctx.today,
      valid_to: sql<string>`(${ctx.today}::date + make_interval(months => ${title.months}::int))::date`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export const AwardRating = z.object({ ...RatingRef, certificateNo: z.string().trim().min(2).max(60) })

/**
 * The leader of the granting body signs the award after the notice period, with no appeal open. What the rank asks for is looked at once
 * more; a lower title of the scheme ends.
 *
 * @throws DomainError conflict organisation.noticeRunning, organisation.appealOpen, and as recommendRating
 */
export async function awardRating(
  ctx: TenantContext,
  input: z.output<typeof AwardRating>,
): Promise<{ version: number; titleId: number; rank: number }> {
  requirePermission(ctx, 'rating:award')
  requireFreshProof(ctx)
  const row = await lockRating(ctx, input, { to: 'awarded', side: 'grantor' })
  if (row.notice_ends_on === null || ctx.today <= row.notice_ends_on)
    throw new DomainError('conflict', 'organisation.noticeRunning', { params: { until: row.notice_ends_on ?? '' } })
  const open = await ctx.db
    .selectFrom('organisation.rating_appeal')
    .select('id')
    .where('rating_id', '=', row.id)
    .where('outcome', 'is', null)
    .executeTakeFirst()
  if (open) throw new DomainError('conflict', 'organisation.appealOpen')
  const scheme = await getScheme(ctx, { schemeId: row.scheme_id })
  const rank = row.awarded_rank ?? 0
  refuseGround(
    await readGround(ctx, {
      scheme,
      level: findRank(scheme, rank),
      holder: { ownerId: row.tenant_id, unionId: row.union_id },
      memberCount: row.member_count,
      on: ctx.today,
    }),
  )
  const { version } = await moveRating(
    ctx,
    row,
    'awarded',
    { awarded_on: ctx.today, awarded_by: actorName(ctx.actor) },
    { details: { rank, certificateNo: input.certificateNo } },
  )
  const held = await findTitle(ctx, row)
  if (held) await endTitle(ctx, held, held.rank < rank ? 'raised' : held.rank === rank ? 'renewed' : 'lowered')
  const titleId = await giveTitle(ctx, row, {
    rank,
    certificateNo: input.certificateNo,
    months: scheme.validityMonths,
  })
  return { version, titleId, rank }
}

export const BeginReCheck = z.object({ ...RatingRef, finding: Reason })

/** Opens the re-check of a title held, with what gave rise to it. */
export async function beginReCheck(
  ctx: TenantContext,
  input: z.output<typeof BeginReCheck>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'rating:review')
  const row = await lockRating(ctx, input, { to: 're_check', side: 'grantor' })
  found(await findTitle(ctx, row), 'organisation.titleNotFound')
  return moveRating(ctx, row, 're_check', { decision: input.finding }, { reason: input.finding })
}

export const DecideReCheck = z.object({
  ...RatingRef,
  outcome: z.enum(reCheckOutcomes),
  finding: Reason,
  /** What the unit said when it was heard; without it nothing is taken away. */
  hearing: z.string().trim().max(2000).default(''),
  /** The lower rank, when downgraded. */
  rank: z.int().min(1).max(20).optional(),
})

/**
 * The leader of the awarding body decides a re-check: the title is kept for another term, lowered, or revoked (appendix A: after a
 * hearing of the unit).
 *
 * @throws DomainError invalid organisation.hearingMissing, organisation.rankNotLower
 */
export async function decideReCheck(
  ctx: TenantContext,
  input: z.output<typeof DecideReCheck>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'rating:award')
  requireFreshProof(ctx)
  const row = await lockRating(ctx, input, { to: input.outcome, side: 'grantor' })
  const title = found(await findTitle(ctx, row), 'organisation.titleNotFound')
  const scheme = await getScheme(ctx, { schemeId: row.scheme_id })
  if (input.outcome !== 'kept' && input.hearing.length < 4)
    throw new DomainError('invalid', 'organisation.hearingMissing', {
      fields: [{ path: 'hearing', key: 'organisation.hearingMissing' }],
    })
  const rank = input.outcome === 'downgraded' ? (input.rank ?? 0) : title.rank
  if (input.outcome === 'downgraded' && (rank < 1 || rank >= title.rank))
    throw new DomainError('invalid', 'organisation.rankNotLower', {
      fields: [{ path: 'rank', key: 'organisation.rankNotLower' }],
    })
  const { version } = await moveRating(
    ctx,
    row,
    input.outcome,
    { decision: input.finding },
    {
      reason: input.finding,
      details: { from: title.rank, to: input.outcome === 'revoked' ? 0 : rank, hearing: input.hearing },
    },
  )
  await endTitle(ctx, title, input.outcome === 'kept' ? 'renewed' : input.outcome === 'revoked' ? 'revoked' : 'lowered')
  if (input.outcome !== 'revoked')
    await giveTitle(ctx, row, { rank, certificateNo: title.certificate_no, months: scheme.validityMonths })
  return { version }
}
