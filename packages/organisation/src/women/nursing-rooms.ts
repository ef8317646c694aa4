import { wakeFeeds } from '@gonglian/indicators'
import { checkVersion, defineCommand, defineList, refuseField } from '@gonglian/records'
import { DomainError, found } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { escapeLike } from '../numbers/names.ts'
import { findKeeper } from './keepers.ts'
import { closeRoomForm, openRoomForm, roomView } from './nursing-room.ts'

/** @throws DomainError not_found for a union of another body */
export const openRoom = defineCommand(openRoomForm, {
  action: 'nursingRoom.open',
  object: 'nursing_room',
  run: async (ctx, input) => {
    const union = await findKeeper(ctx, input)
    const { id } = await ctx.db
      .insertInto('organisation.nursing_room')
      .values({
        tenant_id: ctx.tenantId,
        union_id: union?.id ?? null,
        employer_id: union?.employer_id ?? null,
        place: input.place,
        opened_on: input.openedOn,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    wakeFeeds(ctx)
    return { answer: { roomId: id }, objectId: id }
  },
})

/** @throws DomainError conflict errors.conflict, also for one that is closed; invalid organisation.dayBefore */
export const closeRoom = defineCommand(closeRoomForm, {
  action: 'nursingRoom.close',
  object: 'nursing_room',
  run: async (ctx, { roomId, version, on }) => {
    const row = found(
      await ctx.db
        .selectFrom('organisation.nursing_room')
        .selectAll()
        .where('id', '=', roomId)
        .where('tenant_id', '=', ctx.tenantId)
        .forUpdate()
        .executeTakeFirst(),
      'organisation.roomNotFound',
    )
    checkVersion(row, version)
    if (row.closed_on !== null) throw new DomainError('conflict', 'errors.conflict')
    if (on < row.opened_on) throw refuseField('on', 'organisation.dayBefore', { from: row.opened_on })
    await ctx.db
      .updateTable('organisation.nursing_room')
      .set({ closed_on: on, version: row.version + 1 })
      .where('id', '=', row.id)
      .execute()
    wakeFeeds(ctx)
    return { answer: undefined, objectId: row.id }
  },
})

/** A room that is entered before it opens is listed from that day on. */
export const listRooms = defineList(roomView, {
  rows: (ctx) =>
    ctx.db
      .selectFrom('organisation.nursing_room as n')
      .innerJoin('tenancy.federation as f', 'f.id', 'n.tenant_id')
      .leftJoin('organisation.trade_union as u', 'u.id', 'n.union_id')
      .where('n.opened_on', '<=', ctx.today)
      .select(['n.id', 'n.tenant_id as tenantId', 'n.version', 'f.name as body', 'n.place', 'n.opened_on as openedOn'])
      .select(['n.closed_on as closedOn', 'u.name as union', sql<string>`coalesce(u.name, f.name)`.as('keeper')])
      .select(
        sql<'open' | 'closed'>`case when n.closed_on <= ${ctx.today}::date then 'closed' else 'open' end`.as('state'),
      ),
  search: (words) => sql`(r.place ilike ${`%${escapeLike(words)}%`} or r."union" ilike ${`%${escapeLike(words)}%`})`,
})
