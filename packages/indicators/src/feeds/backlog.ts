import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'

/** Changes of records whose figures were not counted again yet, and when the oldest was noted. */
export type FeedBacklog = { readonly marks: number; readonly oldest: Date | null }

/** How much waits for the worker, over all bodies: for the operator. */
export async function readFeedBacklog(deps: Deps): Promise<FeedBacklog> {
  return withTenant(deps, systemActor('feeds', 0), (ctx) =>
    ctx.db
      .selectFrom('indicators.feed_mark')
      .select((eb) => [eb.fn.countAll<number>().as('marks'), eb.fn.min('marked_at').as('oldest')])
      .executeTakeFirstOrThrow(),
  )
}
