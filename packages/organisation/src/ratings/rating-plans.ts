import { DomainError, recordAudit, requirePermission, type FieldError, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { fitsUnion } from '../checklists/checklists.ts'
import { findGrantor } from './ratings.ts'
import { findRank, getScheme, type Scheme } from './schemes.ts'
import { recordStep } from '../steps.ts'

export const PlanRatings = z.object({
  schemeId: z.int().positive(),
  year: z.int().min(2000).max(2100),
  rows: z
    .array(
      z.object({
        /** Null: the body itself. */
        unionId: z.int().positive().nullable(),
        quarter: z.int().min(1).max(4),
        rank: z.int().min(1).max(20),
      }),
    )
    .min(1)
    .max(2000),
})

/**
 * The plan down to the union (M036): which is to reach which level by which quarter. A plan that nobody has recommended yet is changed,
 * and assessed anew: a level whose step below is not held would otherwise never be left again. Every other open way of the same union in
 * the same scheme is left alone.
 *
 * @throws DomainError invalid with fields `rows.<n>`; conflict organisation.ratingOpen
 */
export async function planRatings(
  ctx: TenantContext,
  input: z.output<typeof PlanRatings>,
): Promise<{ planned: { ratingId: number; unionId: number | null }[] }> {
  requirePermission(ctx, 'organisation:write')
  const scheme = await getScheme(ctx, { schemeId: input.schemeId })
  const own = new Map(
    (
      await ctx.db
        .selectFrom('organisation.trade_union as u')
        .innerJoin('organisation.rating_scheme as rules', (join) => join.on('rules.id', '=', scheme.schemeId))
        .select(['u.id', 'u.tenant_id'])
        .where('u.id', 'in', [0, ...input.rows.flatMap((row) => (row.unionId === null ? [] : [row.unionId]))])
        .where('u.state', 'in', ['approved', 'active', 'restructuring'])
        .where(fitsUnion)
        .$if(ctx.actor.kind !== 'system', (query) => query.where('u.tenant_id', '=', ctx.tenantId))
        .execute()
    ).map((row) => [row.id, row.tenant_id]),
  )
  const faults: FieldError[] = input.rows.flatMap((row, index) => {
    const path = `rows.${index}`
    if (scheme.levels.every((level) => level.rank !== row.rank))
      return [{ path: `${path}.rank`, key: 'organisation.rankUnknown' }]
    if ((row.unionId === null) !== (scheme.subject === 'body')) return [{ path, key: 'organisation.ratingSubject' }]
    if (row.unionId !== null && !own.has(row.unionId))
      return [{ path: `${path}.unionId`, key: 'organisation.schemeUnfit' }]
    return input.rows.findIndex((other) => other.unionId === row.unionId) < index
      ? [{ path, key: 'organisation.ratingTwice' }]
      : []
  })
  if (faults.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields: faults })
  const planned: { ratingId: number; unionId: number | null }[] = []
  for (const row of input.rows) {
    const ownerId = row.unionId === null ? ctx.tenantId : (own.get(row.unionId) ?? ctx.tenantId)
    planned.push({ ratingId: await planOne(ctx, scheme, { ...row, year: input.year, ownerId }), unionId: row.unionId })
  }
  await recordAudit(ctx, {
    action: 'rating.plan',
    objectKind: 'rating_scheme',
    objectId: scheme.schemeId,
    after: { year: input.year, rows: planned.length },
  })
  return { planned }
}

async function planOne(
  ctx: TenantContext,
  scheme: Scheme,
  row: { ownerId: number; unionId: number | null; quarter: number; rank: number; year: number },
): Promise<number> {
  const grantorId = await findGrantor(ctx, row.ownerId, findRank(scheme, row.rank).grantedBy)
  const open = await ctx.db
    .selectFrom('organisation.rating')
    .select(['id', 'state', 'version'])
    .where('scheme_id', '=', scheme.schemeId)
    .where('tenant_id', '=', row.ownerId)
    .where(sql<boolean>`union_id is not distinct from ${row.unionId}::bigint`)
    .where('state', 'in', ['planned', 'self_assessed', 'recommended', 'under_review', 'published'])
    .forUpdate()
    .executeTakeFirst()
  const goal = { grantor_id: grantorId, year: row.year, quarter: row.quarter, target_rank: row.rank }
  if (open) {
    if (open.state !== 'planned' && open.state !== 'self_assessed')
      throw new DomainError('conflict', 'organisation.ratingOpen', { params: { state: open.state } })
    // The goal stands once the union has scored itself against it: that is taken back first.
    const isScored = open.state === 'self_assessed'
    if (isScored) {
      await ctx.db
        .updateTable('organisation.rating')
        .set({ state: 'planned', version: open.version + 1 })
        .where('id', '=', open.id)
        .execute()
      await recordStep(ctx, { kind: 'rating', id: open.id, from: 'self_assessed', to: 'planned' })
    }
    await ctx.db
      .updateTable('organisation.rating')
      .set({ ...goal, version: open.version + (isScored ? 2 : 1) })
      .where('id', '=', open.id)
      .execute()
    return open.id
  }
  const { id } = await ctx.db
    .insertInto('organisation.rating')
    .values({ tenant_id: row.ownerId, scheme_id: scheme.schemeId, union_id: row.unionId, ...goal })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordStep(ctx, { kind: 'rating', id, from: '', to: 'planned' })
  return id
}
