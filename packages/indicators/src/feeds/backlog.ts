import { sql } from 'kysely'
import { visitor, withTenant, type Deps } from '@gonglian/tenancy'

/** Changes of records whose figures were not counted again yet, and when the oldest was noted. */
export type FeedBacklog = { readonly marks: number; readonly oldest: Date | null }

/** How much waits for the worker, over all bodies: for the operator. */
export async function readFeedBacklog(deps: Deps): Promise<FeedBacklog> {
  return withTenant(deps, visitor('backlog', ''), async (ctx) => {
    const { rows } = await sql<FeedBacklog>`select marks, oldest from indicators.count_backlog()`.execute(ctx.db)
    return rows[0] ?? { marks: 0, oldest: null }
  })
}
