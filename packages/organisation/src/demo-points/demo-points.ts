import { defineCommand, defineList } from '@gonglian/records'
import { DomainError, found } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { findUnion } from '../checklists/ledgers.ts'
import { escapeLike } from '../numbers/names.ts'
import { demoPointView, endDemoPointForm, nameDemoPointForm } from './demo-point.ts'

/** @throws DomainError conflict organisation.demoPointTwice */
export const nameDemoPoint = defineCommand(nameDemoPointForm, {
  action: 'demoPoint.name',
  object: 'union',
  run: async (ctx, { unionId, topic, reason }) => {
    const union = await findUnion(ctx, unionId)
    const named = await ctx.db
      .insertInto('organisation.demo_point')
      .values({
        tenant_id: ctx.tenantId,
        union_id: union.id,
        owner_id: union.tenant_id,
        topic,
        named_on: ctx.today,
        reason,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!named) throw new DomainError('conflict', 'organisation.demoPointTwice')
    return { answer: { demoPointId: named.id }, objectId: union.id, after: { topic } }
  },
})

/** @throws DomainError not_found for one that has ended or that another body named */
export const endDemoPoint = defineCommand(endDemoPointForm, {
  action: 'demoPoint.end',
  object: 'union',
  run: async (ctx, { demoPointId }) => {
    const row = found(
      await ctx.db
        .updateTable('organisation.demo_point')
        .set({ ended_on: ctx.today })
        .where('id', '=', demoPointId)
        .where('tenant_id', '=', ctx.tenantId)
        .where('ended_on', 'is', null)
        .returning('union_id')
        .executeTakeFirst(),
      'organisation.demoPointNotFound',
    )
    return { answer: undefined, objectId: row.union_id }
  },
})

export const listDemoPoints = defineList(demoPointView, {
  rows: (ctx) =>
    ctx.db
      .selectFrom('organisation.demo_point as d')
      .innerJoin('organisation.trade_union as u', 'u.id', 'd.union_id')
      .innerJoin('tenancy.federation as f', 'f.id', 'd.tenant_id')
      .where('d.ended_on', 'is', null)
      .select(['d.id', 'd.tenant_id as tenantId', 'd.union_id as unionId', 'u.name as union', 'd.topic'])
      .select(['d.named_on as namedOn', 'f.name as namedBy', 'd.reason']),
  search: (words) => sql`r."union" ilike ${`%${escapeLike(words)}%`}`,
})
