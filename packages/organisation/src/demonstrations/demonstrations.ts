import { defineCommand, defineList } from '@gonglian/records'
import { DomainError, found } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { likeName } from '../numbers/names.ts'
import { checkDay, holdUnion } from '../unions/union-states.ts'
import { demonstrationView, endDemonstrationForm, nameDemonstrationForm } from './demonstration.ts'

/** @throws DomainError conflict for a union that is not at work, has no party organisation or has the name already */
export const nameDemonstration = defineCommand(nameDemonstrationForm, {
  action: 'demonstration.name',
  object: 'union',
  run: async (ctx, input) => {
    const union = await holdUnion(ctx, input.unionId)
    if (union.state !== 'active') throw new DomainError('conflict', 'organisation.union.notActive')
    if (union.has_party_organisation === false) throw new DomainError('conflict', 'organisation.demonstration.noParty')
    checkDay(ctx, 'on', input.on, union.founded_on)
    const row = await ctx.db
      .insertInto('organisation.demonstration_unit')
      .values({
        tenant_id: ctx.tenantId,
        union_id: union.id,
        title: input.title,
        party_branch: input.partyBranch,
        named_on: input.on,
      })
      .onConflict((conflict) => conflict.columns(['union_id', 'title']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) throw new DomainError('conflict', 'organisation.demonstration.present')
    return { answer: { demonstrationId: row.id }, objectId: union.id, after: { title: input.title } }
  },
})

/** @throws DomainError not_found for one that has ended or is another body's */
export const endDemonstration = defineCommand(endDemonstrationForm, {
  action: 'demonstration.end',
  object: 'union',
  run: async (ctx, input) => {
    const row = found(
      await ctx.db
        .selectFrom('organisation.demonstration_unit')
        .selectAll()
        .where('id', '=', input.demonstrationId)
        .where('tenant_id', '=', ctx.tenantId)
        .where('ended_on', 'is', null)
        .forUpdate()
        .executeTakeFirst(),
      'organisation.demonstration.notFound',
    )
    checkDay(ctx, 'on', input.on, row.named_on)
    await ctx.db
      .updateTable('organisation.demonstration_unit')
      .set({ ended_on: input.on })
      .where('id', '=', row.id)
      .execute()
    return { answer: undefined, objectId: row.union_id, after: { title: row.title } }
  },
})

export const listDemonstrations = defineList(demonstrationView, {
  rows: (ctx, { unionId }) =>
    ctx.db
      .selectFrom('organisation.demonstration_unit as d')
      .innerJoin('organisation.trade_union as u', 'u.id', 'd.union_id')
      .innerJoin('tenancy.federation as f', 'f.id', 'd.tenant_id')
      .where('d.ended_on', 'is', null)
      .$if(unionId !== undefined, (query) => query.where('d.union_id', '=', unionId ?? 0))
      .select(['d.id', 'd.tenant_id as tenantId', 'f.short_name as body', 'd.union_id as unionId', 'u.name as union'])
      .select(['u.name_key as nameKey', 'd.title', 'd.party_branch as partyBranch', 'd.named_on as namedOn']),
  search: (words) => sql`r."nameKey" like ${likeName(words)}`,
})
