import type { DB } from '@gonglian/db'
import {
  requirePermission,
  shanghaiDay,
  systemActor,
  withTenant,
  type Deps,
  type TenantContext,
  type UserActor,
} from '@gonglian/tenancy'
import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import { Undelivered } from './undelivered.ts'

type DeliveryRow = Selectable<DB['tasks.delivery']>
/** Minutes after each failure until it is tried again; after the last it has failed for good. */
const pauses = [5, 15, 60, 180] as const
/** A message that is under way longer than this belongs to a worker that died. */
const lostMinutes = 15
const batch = 50

/** In the transaction that makes the person's message: it goes out by e-mail too, if the person has an address. */
export async function queueMail(ctx: TenantContext, person: UserActor): Promise<void> {
  const address = await ctx.db
    .selectFrom('tasks.address')
    .select('account_id')
    .where('account_id', '=', person.accountId)
    .executeTakeFirst()
  if (address === undefined) return
  await ctx.db
    .insertInto('tasks.delivery')
    .values({
      tenant_id: person.tenantId,
      day: ctx.today,
      channel: 'email',
      account_id: person.accountId,
      locale: person.locale,
      next_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Once a day, for each body below the root with a robot and with something that waits. Twice changes nothing. */
export async function queueRobots(deps: Deps, root: number): Promise<void> {
  await withTenant(deps, systemActor('digests', root), (ctx) =>
    sql`
      insert into tasks.delivery (tenant_id, day, channel, next_at)
      select c.tenant_id, ${ctx.today}::date, c.kind, ${ctx.now} from tasks.channel c
      where c.is_on and exists (select from tasks.digest d where d.tenant_id = c.tenant_id and d.day = ${ctx.today}::date and d.total > 0)
      on conflict do nothing`.execute(ctx.db),
  )
}

/** Puts one message together and hands it over; throws what went wrong. */
export type Send = (
  delivery: Pick<DeliveryRow, 'tenant_id' | 'day' | 'channel' | 'account_id' | 'locale'>,
) => Promise<void>

/**
 * Sends what waits below a root. Each is claimed first, in a transaction of its own: if the worker dies while it is under way, nobody knows
 * whether it arrived, and it counts as failed instead of going out twice. What the other side refused is tried again, a few times.
 */
export async function sendWaiting(deps: Deps, root: number, send: Send): Promise<void> {
  const actor = systemActor('digests', root)
  const run = <T>(work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
  await run((ctx) =>
    ctx.db
      .updateTable('tasks.delivery')
      .set({ state: 'failed', problem: 'tasks.problem.unknown', changed_at: ctx.now })
      .where('state', '=', 'sending')
      .where('changed_at', '<', new Date(ctx.now.getTime() - lostMinutes * 60_000))
      .execute(),
  )
  for (;;) {
    const claimed = await run((ctx) => claim(ctx))
    for (const delivery of claimed) {
      const failure = await send(delivery).then(
        () => null,
        (error: unknown) => (error instanceof Undelivered ? error : new Undelivered('tasks.problem.failed', 'again')),
      )
      await run((ctx) => note(ctx, delivery, failure))
    }
    if (claimed.length < batch) return
  }
}

async function claim(ctx: TenantContext): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    update tasks.delivery set state = 'sending', attempts = attempts + 1, changed_at = ${ctx.now}
    where id in (select id from tasks.delivery where state = 'waiting' and next_at <= ${ctx.now} order by next_at limit ${batch}
      for update skip locked)
    returning *`.execute(ctx.db)
  return rows
}

async function note(ctx: TenantContext, { id, attempts }: DeliveryRow, failure: Undelivered | null): Promise<void> {
  const pause = failure?.isWorthTrying === true ? pauses[attempts - 1] : undefined
  const state = failure === null ? 'sent' : pause === undefined ? 'failed' : 'waiting'
  await ctx.db
    .updateTable('tasks.delivery')
    .set({
      state,
      problem: failure?.key ?? '',
      changed_at: ctx.now,
      ...(pause === undefined ? {} : { next_at: new Date(ctx.now.getTime() + pause * 60_000) }),
    })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute()
}

export const ListDeliveries = z.object({
  page: z.int().min(1).max(1000).default(1),
  pageSize: z.int().min(1).max(200).default(50),
})

/** What the body sent outside, the newest first: for its system administrator. Whose e-mail it was is not told. */
export async function listDeliveries(ctx: TenantContext, input: z.output<typeof ListDeliveries>) {
  requirePermission(ctx, 'channel:read')
  const query = ctx.db.selectFrom('tasks.delivery').where('tenant_id', '=', ctx.tenantId)
  const { total, failed } = await query
    .select((eb) => [
      eb.fn.countAll<number>().as('total'),
      eb.fn.countAll<number>().filterWhere('state', '=', 'failed').as('failed'),
    ])
    .executeTakeFirstOrThrow()
  const rows = await query
    .select(['id', 'day', 'channel', 'state', 'attempts', 'problem', 'changed_at as changedAt', 'next_at as nextAt'])
    .orderBy('id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total, failed, today: shanghaiDay(ctx.now) }
}
