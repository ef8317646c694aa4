import { sql } from 'kysely'
import { shanghaiDay, systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { currentPeriod, previousPeriod } from '../periods.ts'
import { countFeeds } from './counts.ts'
import type { Feed } from './feed.ts'

/**
 * Counts again what changes of records left out of date: this month and the last, which is the one being reported. Marks are taken in
 * the transaction that counts, and before it reads: a change that comes meanwhile leaves a mark of its own, a crash gives all marks back.
 */
export async function drainFeeds(deps: Deps, feeds: readonly Feed[]): Promise<void> {
  const month = currentPeriod('month', shanghaiDay(deps.clock()))
  // One body whose records cannot be counted does not keep the others waiting; its marks stay, and the job is tried again.
  const failed = new Map<number, unknown>()
  for (;;) {
    const place = await findMarked(deps, [...failed.keys()])
    if (place === null) break
    await drainPlace(deps, feeds, place, [month, previousPeriod(month)]).catch((error: unknown) =>
      failed.set(place, error),
    )
  }
  if (failed.size > 0) throw new AggregateError(failed.values(), `feeds of ${failed.size} bodies were not counted`)
}

async function drainPlace(
  deps: Deps,
  feeds: readonly Feed[],
  place: number,
  periods: readonly string[],
): Promise<void> {
  await withTenant(deps, systemActor('feeds', place), async (ctx) => {
    const { rows } = await sql<{ records: string }>`
        delete from indicators.feed_mark where id in (
          select id from indicators.feed_mark where tenant_id = ${place} for update skip locked) returning records`.execute(
      ctx.db,
    )
    const marked = new Set(rows.map((row) => row.records))
    const due = feeds.filter((feed) => feed.reads.some((table) => marked.has(table)))
    for (const period of periods) await countFeeds(ctx, due, { period })
  })
}

/** A body with a mark that nobody is working on. */
async function findMarked(deps: Deps, except: readonly number[]): Promise<number | null> {
  return withTenant(deps, systemActor('feeds', 0), async (ctx) => {
    const row = await ctx.db
      .selectFrom('indicators.feed_mark')
      .select('tenant_id')
      .where('tenant_id', '<>', sql<number>`all (${[...except]}::int[])`)
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    return row?.tenant_id ?? null
  })
}
