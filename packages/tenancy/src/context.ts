import { sql } from 'kysely'
import type { Database, Tx } from '@gonglian/db'
import type { Job, JobQueue } from '@gonglian/jobs'
import { actorName, reachOf, type Actor, type Reach } from './actor.ts'
import type { Vault } from './vault.ts'

/** What a process holds for its whole life and hands to `withTenant`. */
export type Deps = {
  readonly db: Database
  readonly queue: JobQueue
  readonly clock: () => Date
  /** Seals and finds personal fields. */
  readonly vault: Vault
  /** An effect after the commit failed (a wake-up was not sent). Nothing is lost: a sweeper finds the mark. */
  readonly onLostEffect: (error: unknown) => void
}

export type TenantContext = {
  readonly actor: Actor
  readonly tenantId: number
  /** An open transaction that sees only what the actor may see. */
  readonly db: Tx
  /** The time of this transaction, the only clock: defaults and triggers of the database take the same (tenancy.now()). */
  readonly now: Date
  /** Today in Asia/Shanghai, "2026-09-05". */
  readonly today: string
  readonly vault: Vault
  /** Sends the job after the commit; a rollback drops it. */
  enqueue<P>(job: Job<P>, payload: P, options?: { key?: string }): void
  /** What must stand even if this transaction is rolled back: then it runs in one of its own, before the error is answered. */
  keep(work: (ctx: TenantContext) => Promise<void>): void
}

const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

/** The calendar day in Asia/Shanghai of an instant, "2026-09-05". */
export function shanghaiDay(at: Date): string {
  return shanghai.format(at)
}

/**
 * From how many bodies in sight a reader's statements take rows by an index on the body wherever there is one. Read row by row, each is compared with
 * the array of all these bodies, 300 µs for the last of the nation's, and the planner expects an array of ten. For the same reason their prepared
 * statements are planned for what is asked each time, and so are those of the system, which hands whole countries to a statement; readers of a
 * county or township share plans.
 */
const wideFrom = 1000

/**
 * The only door to the database: one transaction as the plain role, with the actor's body, account and reach set for row-level
 * security until it ends. Whatever `work` throws rolls everything back, jobs included.
 */
export async function withTenant<T>(deps: Deps, actor: Actor, work: (ctx: TenantContext) => Promise<T>): Promise<T> {
  const effects: (() => Promise<void>)[] = []
  const kept: ((ctx: TenantContext) => Promise<void>)[] = []
  const run = <R>(inside: (ctx: TenantContext) => Promise<R>): Promise<R> =>
    deps.db.transaction().execute(async (db) => {
      const now = deps.clock()
      const { rows } = await sql<{ reach: string }>`
        select set_config('app.tenant', ${String(actor.tenantId)}, true), set_config('app.reach', ${reachOf(actor)}, true),
          set_config('app.account', ${actor.kind === 'user' ? String(actor.accountId) : ''}, true),
          set_config('app.now', ${now.toISOString()}, true), tenancy.reach() as reach,
          case when tenancy.reach() in ('system', 'structure') then set_config('plan_cache_mode', 'force_custom_plan', true)
            when tenancy.reach() = 'business' and cardinality(tenancy.readable()) > ${wideFrom} then set_config('plan_cache_mode', 'force_custom_plan', true)
              || set_config('enable_seqscan', 'off', true) end`.execute(db)
      // Row-level security would answer with nothing, which looks like an empty database.
      if (rows[0]?.reach === 'refused') throw new Error('This database login may not act as the system')
      return inside({
        actor,
        tenantId: actor.tenantId,
        db,
        now,
        today: shanghaiDay(now),
        vault: deps.vault,
        enqueue: (job, payload, options) => {
          effects.push(() => deps.queue.send(job, payload, options))
        },
        keep: (one) => {
          kept.push(one)
        },
      })
    })
  const result = await run(work).catch(async (error: unknown) => {
    const again = kept.splice(0)
    if (again.length > 0)
      await run(async (ctx) => {
        for (const one of again) await one(ctx)
      })
    throw error
  })
  // At once, so that many wait no longer than one while the queue is away.
  await Promise.all(effects.map((effect) => effect().catch(deps.onLostEffect)))
  return result
}

async function setReach(ctx: TenantContext, tenantId: number, reach: Reach): Promise<void> {
  // Once beyond one's own reach, every statement of this transaction is planned for what it asks.
  await sql`
    select set_config('app.tenant', ${String(tenantId)}, true), set_config('app.reach', ${reach}, true),
      case when ${reach} in ('system', 'structure') then set_config('plan_cache_mode', 'force_custom_plan', true) end`.execute(
    ctx.db,
  )
}

/** Does part of a transaction with another reach, and comes back to the actor's own. */
async function withReach<T>(
  ctx: TenantContext,
  inside: { readonly tenantId: number; readonly reach: Reach; readonly name: string },
  work: (ctx: TenantContext) => Promise<T>,
): Promise<T> {
  const { requestId, address } = ctx.actor
  const { tenantId, reach, name } = inside
  await setReach(ctx, tenantId, reach)
  try {
    const actor = { kind: 'system', name, tenantId, roles: [], requestId, address } as const
    const result = await work({ ...ctx, tenantId, actor })
    await setReach(ctx, ctx.tenantId, reachOf(ctx.actor))
    return result
  } catch (error) {
    // In a transaction that PostgreSQL has given up this fails too, and nothing more can be asked in it.
    await setReach(ctx, ctx.tenantId, reachOf(ctx.actor)).catch(() => undefined)
    throw error
  }
}

/**
 * Does part of a user's transaction with the reach over the structure of a body and all below it: the tree, its history and the totals that follow,
 * no records. Only after everything that the user may decide was checked with the user's own reach.
 */
export function withStructureReach<T>(
  ctx: TenantContext,
  tenantId: number,
  work: (ctx: TenantContext) => Promise<T>,
): Promise<T> {
  return withReach(ctx, { tenantId, reach: 'structure', name: actorName(ctx.actor) }, work)
}

/**
 * Does part of a transaction at another body, as what was decided takes effect in its register. Only after the decision was checked and stored with
 * the own reach; `name` stands in the trail of that body.
 */
export function withBodyReach<T>(
  ctx: TenantContext,
  inside: { readonly tenantId: number; readonly name: string },
  work: (ctx: TenantContext) => Promise<T>,
): Promise<T> {
  return withReach(ctx, { ...inside, reach: 'business' }, work)
}
