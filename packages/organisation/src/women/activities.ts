import { defineCommand, defineList, refuseField } from '@gonglian/records'
import { sql } from 'kysely'
import { escapeLike } from '../numbers/names.ts'
import { activityView, recordActivityForm } from './activity.ts'
import { findKeeper } from './keepers.ts'

/** @throws DomainError invalid organisation.future; not_found for a union of another body */
export const recordActivity = defineCommand(recordActivityForm, {
  action: 'womenActivity.record',
  object: 'women_activity',
  run: async (ctx, input) => {
    const union = await findKeeper(ctx, input)
    if (input.heldOn > ctx.today) throw refuseField('heldOn', 'organisation.future')
    const { id } = await ctx.db
      .insertInto('organisation.women_activity')
      .values({
        tenant_id: ctx.tenantId,
        union_id: union?.id ?? null,
        kind: input.kind,
        name: input.name,
        held_on: input.heldOn,
        persons: input.persons,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { answer: { activityId: id }, objectId: id }
  },
})

export const listActivities = defineList(activityView, {
  rows: (ctx) =>
    ctx.db
      .selectFrom('organisation.women_activity as a')
      .innerJoin('tenancy.federation as f', 'f.id', 'a.tenant_id')
      .leftJoin('organisation.trade_union as u', 'u.id', 'a.union_id')
      .select([
        'a.id',
        'a.tenant_id as tenantId',
        'f.name as body',
        'a.name',
        'a.kind',
        'a.held_on as heldOn',
        'a.persons',
      ])
      .select([sql<string>`coalesce(u.name, f.name)`.as('keeper'), 'u.name as union']),
  search: (words) => sql`(r.name ilike ${`%${escapeLike(words)}%`} or r."union" ilike ${`%${escapeLike(words)}%`})`,
  sums: { persons: sql`coalesce(sum(r.persons), 0)` },
})
