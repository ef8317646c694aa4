import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { findUnion } from './ledgers.ts'
import { paging } from './scope.ts'
import { demoTopics } from './codes/ratings.ts'

const Topic = z.enum(demoTopics)

export const NameDemoPoint = z.object({
  unionId: z.int().positive(),
  topic: Topic,
  reason: z.string().trim().max(300).default(''),
})

/** Names a union in sight a demonstration point (示范点, M212). @throws DomainError conflict organisation.demoPointTwice */
export async function nameDemoPoint(
  ctx: TenantContext,
  input: z.output<typeof NameDemoPoint>,
): Promise<{ demoPointId: number }> {
  requirePermission(ctx, 'organisation:approve')
  const union = await findUnion(ctx, input.unionId)
  const named = await ctx.db
    .insertInto('organisation.demo_point')
    .values({
      tenant_id: ctx.tenantId,
      union_id: union.id,
      owner_id: union.tenant_id,
      topic: input.topic,
      named_on: ctx.today,
      reason: input.reason,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!named) throw new DomainError('conflict', 'organisation.demoPointTwice')
  await recordAudit(ctx, {
    action: 'demoPoint.name',
    objectKind: 'union',
    objectId: union.id,
    after: { topic: input.topic },
  })
  return { demoPointId: named.id }
}

export const EndDemoPoint = z.object({ demoPointId: z.int().positive() })

export async function endDemoPoint(ctx: TenantContext, input: z.output<typeof EndDemoPoint>): Promise<void> {
  requirePermission(ctx, 'organisation:approve')
  const row = found(
    await ctx.db
      .updateTable('organisation.demo_point')
      .set({ ended_on: ctx.today })
      .where('id', '=', input.demoPointId)
      .where('tenant_id', '=', ctx.tenantId)
      .where('ended_on', 'is', null)
      .returning('union_id')
      .executeTakeFirst(),
    'organisation.demoPointNotFound',
  )
  await recordAudit(ctx, { action: 'demoPoint.end', objectKind: 'union', objectId: row.union_id })
}

export const ListDemoPoints = z.object({
  topic: Topic.optional(),
  /** Part of a union's name. */
  search: z.string().trim().max(60).default(''),
  ...paging,
})

/** Demonstration points in sight: named by the own body or one below, or for an own union by a superior. */
export async function listDemoPoints(ctx: TenantContext, input: z.output<typeof ListDemoPoints>) {
  requirePermission(ctx, 'organisation:read')
  let query = ctx.db
    .selectFrom('organisation.demo_point as d')
    .innerJoin('organisation.trade_union as u', 'u.id', 'd.union_id')
    .innerJoin('tenancy.federation as f', 'f.id', 'd.tenant_id')
    .where('d.ended_on', 'is', null)
  if (input.topic !== undefined) query = query.where('d.topic', '=', input.topic)
  if (input.search !== '') query = query.where('u.name', 'ilike', `%${input.search.replaceAll(/[\\%_]/g, '\\$&')}%`)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['d.id as demoPointId', 'd.union_id as unionId', 'u.name as unionName', 'd.topic', 'd.named_on as namedOn'])
    .select(['f.code as namedBy', 'f.name as namedByName', 'd.reason'])
    .orderBy('d.named_on', 'desc')
    .orderBy('d.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}
