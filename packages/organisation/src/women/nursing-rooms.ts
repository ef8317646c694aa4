import { wakeFeeds } from '@gonglian/indicators'
import {
  DomainError,
  found,
  listWithin,
  paging,
  recordAudit,
  requirePermission,
  type TenantContext,
  within,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { findUnion } from '../checklists/ledgers.ts'

export const OpenNursingRoom = z.object({
  unionId: z.int().positive().nullable().default(null),
  place: z.string().trim().min(2).max(120),
  openedOn: z.iso.date(),
})

/** Enters a rest and nursing room (女职工休息哺乳室). */
export async function openNursingRoom(
  ctx: TenantContext,
  input: z.output<typeof OpenNursingRoom>,
): Promise<{ roomId: number }> {
  requirePermission(ctx, 'organisation:write')
  const union = input.unionId === null ? null : await findUnion(ctx, input.unionId, { own: true })
  const { id } = await ctx.db
    .insertInto('organisation.nursing_room')
    .values({
      tenant_id: ctx.tenantId,
      union_id: input.unionId,
      employer_id: union?.employer_id ?? null,
      place: input.place,
      opened_on: input.openedOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, { action: 'nursingRoom.open', objectKind: 'nursing_room', objectId: id })
  wakeFeeds(ctx)
  return { roomId: id }
}

export const CloseNursingRoom = z.object({
  roomId: z.int().positive(),
  version: z.int().positive(),
  on: z.iso.date(),
})

/** @throws DomainError conflict errors.conflict; invalid organisation.dayBefore */
export async function closeNursingRoom(ctx: TenantContext, input: z.output<typeof CloseNursingRoom>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const row = found(
    await ctx.db
      .selectFrom('organisation.nursing_room')
      .selectAll()
      .where('id', '=', input.roomId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.roomNotFound',
  )
  if (row.version !== input.version || row.closed_on !== null) throw new DomainError('conflict', 'errors.conflict')
  if (input.on < row.opened_on)
    throw new DomainError('invalid', 'organisation.dayBefore', {
      params: { from: row.opened_on },
      fields: [{ path: 'on', key: 'organisation.dayBefore', params: { from: row.opened_on } }],
    })
  await ctx.db
    .updateTable('organisation.nursing_room')
    .set({ closed_on: input.on, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await recordAudit(ctx, { action: 'nursingRoom.close', objectKind: 'nursing_room', objectId: row.id })
  wakeFeeds(ctx)
}

export const ListNursingRooms = z.object({
  on: z.iso.date().optional(),
  /** In the place or the union's name. */
  search: z.string().trim().max(80).default(''),
  /** closed: those that are no longer open, instead of those that are. */
  state: z.enum(['open', 'closed']).default('open'),
  ...within,
  ...paging,
})

/** Rooms open on a day, or closed by then. */
export async function listNursingRooms(ctx: TenantContext, input: z.output<typeof ListNursingRooms>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db
    .selectFrom('organisation.nursing_room as n')
    .innerJoin('tenancy.federation as f', 'f.id', 'n.tenant_id')
    .leftJoin('organisation.trade_union as u', 'u.id', 'n.union_id')
    .where('n.opened_on', '<=', on)
    .where((eb) =>
      input.state === 'closed'
        ? eb('n.closed_on', '<=', on)
        : eb.or([eb('n.closed_on', 'is', null), eb('n.closed_on', '>', on)]),
    )
  if (input.search !== '') {
    const needle = `%${input.search.replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) => eb.or([eb('n.place', 'ilike', needle), eb('u.name', 'ilike', needle)]))
  }
  if (bodies !== null) query = query.where('n.tenant_id', '=', sql<number>`any (${bodies})`)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select([
      'n.id as roomId',
      'n.version',
      'n.place',
      'n.opened_on as openedOn',
      'n.closed_on as closedOn',
      'f.code as body',
      'f.name as bodyName',
      'u.name as unionName',
    ])
    .orderBy('n.opened_on', 'desc')
    .orderBy('n.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}
