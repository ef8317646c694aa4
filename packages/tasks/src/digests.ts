import {
  DomainError,
  shanghaiDay,
  systemActor,
  withTenant,
  type Deps,
  type TenantContext,
  type UserActor,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { queueMail } from './deliveries.ts'
import { gatherTasks, sumTasks } from './gather.ts'
import type { Task } from './task.ts'

/** How many wait of one kind; no names. */
const KindCount = z.object({ key: z.string(), total: z.int(), overdue: z.int() })
export type KindCount = z.output<typeof KindCount>

export type Digest = {
  readonly day: string
  readonly total: number
  readonly overdue: number
  readonly kinds: readonly KindCount[]
  readonly isRead: boolean
}

const shownDays = 30
/** Older messages are deleted. */
const keptDays = 60

export const parseKinds = (kinds: unknown): KindCount[] => z.array(KindCount).parse(kinds)

function requireAccount({ actor }: TenantContext): UserActor {
  if (actor.kind !== 'user') throw new DomainError('unauthenticated', 'errors.unauthenticated')
  return actor
}

/** The own daily messages, the newest first; a day on which nothing waited has none. */
export async function listDigests(ctx: TenantContext): Promise<Digest[]> {
  const me = requireAccount(ctx)
  const rows = await ctx.db
    .selectFrom('tasks.digest')
    .select(['day', 'total', 'overdue', 'kinds', 'read_at'])
    .where('account_id', '=', me.accountId)
    .where('total', '>', 0)
    .orderBy('day', 'desc')
    .limit(shownDays)
    .execute()
  return rows.map(({ day, total, overdue, kinds, read_at }) => ({
    day,
    total,
    overdue,
    kinds: parseKinds(kinds),
    isRead: read_at !== null,
  }))
}

/** How many of the own messages nobody has read. */
export async function countUnread(ctx: TenantContext): Promise<number> {
  const me = requireAccount(ctx)
  const { count } = await ctx.db
    .selectFrom('tasks.digest')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', me.accountId)
    .where('total', '>', 0)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** The own messages are read up to now. */
export async function markDigestsRead(ctx: TenantContext): Promise<void> {
  const me = requireAccount(ctx)
  await ctx.db
    .updateTable('tasks.digest')
    .set({ read_at: ctx.now })
    .where('account_id', '=', me.accountId)
    .where('read_at', 'is', null)
    .execute()
}

/** Reads people below a body, in the order of their numbers. */
export type ListPeople = (deps: Deps, root: number, page: { after: number; limit: number }) => Promise<UserActor[]>

const batch = 100

/**
 * Makes today's message of everybody below a root who has none yet: what waits is read as the person would read it. A worker that dies on the
 * way goes on with those who are left; a message that is there is left alone, so nobody gets two.
 */
export async function makeDigests(
  deps: Deps,
  root: number,
  { tasks, listPeople, sendsMail }: { tasks: readonly Task[]; listPeople: ListPeople; sendsMail: boolean },
): Promise<void> {
  const system = systemActor('digests', root)
  const day = shanghaiDay(deps.clock())
  const isDone = await withTenant(deps, system, async (ctx) => {
    const row = await ctx.db
      .selectFrom('tasks.digest_day')
      .select('day')
      .where('tenant_id', '=', root)
      .where('day', '=', day)
      .executeTakeFirst()
    return row !== undefined
  })
  if (isDone) return
  for (let after = 0; ;) {
    const people = await listPeople(deps, root, { after, limit: batch })
    const last = people.at(-1)
    if (last === undefined) break
    after = last.accountId
    const known = await withTenant(deps, system, async (ctx) => {
      const rows = await ctx.db
        .selectFrom('tasks.digest')
        .select('account_id')
        .where('day', '=', day)
        .where(
          'account_id',
          'in',
          people.map(({ accountId }) => accountId),
        )
        .execute()
      return new Set(rows.map((row) => row.account_id))
    })
    for (const person of people)
      if (!known.has(person.accountId)) await makeDigest(deps, system, person, { tasks, sendsMail })
  }
  await withTenant(deps, system, async (ctx) => {
    await ctx.db
      .insertInto('tasks.digest_day')
      .values({ tenant_id: root, day })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const before = shanghaiDay(new Date(ctx.now.getTime() - keptDays * 86_400_000))
    for (const table of ['tasks.digest', 'tasks.delivery', 'tasks.digest_day'] as const)
      await ctx.db.deleteFrom(table).where('day', '<', before).execute()
  })
}

async function makeDigest(
  deps: Deps,
  system: ReturnType<typeof systemActor>,
  person: UserActor,
  { tasks, sendsMail }: { tasks: readonly Task[]; sendsMail: boolean },
): Promise<void> {
  const kinds = await withTenant(deps, person, async (ctx) =>
    (await gatherTasks(ctx, tasks)).flatMap(({ key, total, overdue }) =>
      total === 0 ? [] : [{ key, total, overdue }],
    ),
  )
  const sums = sumTasks(kinds)
  await withTenant(deps, system, async (ctx) => {
    const made = await ctx.db
      .insertInto('tasks.digest')
      .values({
        account_id: person.accountId,
        tenant_id: person.tenantId,
        day: ctx.today,
        ...sums,
        kinds: JSON.stringify(kinds),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('account_id')
      .executeTakeFirst()
    if (made !== undefined && sums.total > 0 && sendsMail) await queueMail(ctx, person)
  })
}
