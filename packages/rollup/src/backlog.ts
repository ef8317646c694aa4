import { sql } from 'kysely'
import { visitor, withTenant, type Deps } from '@gonglian/tenancy'

export type Backlog = {
  /** Totals that are out of date, one may be marked several times; and periods to be computed anew. */
  readonly marks: number
  /** Changes of the tree whose totals are not marked yet. */
  readonly moves: number
  /** When the oldest of both was noted. */
  readonly oldest: Date | null
}

/** How much waits for the worker, over all bodies: for the operator. The caller checks `queue:read`. */
export async function readBacklog(deps: Deps): Promise<Backlog> {
  return withTenant(deps, visitor('backlog', ''), async (ctx) => {
    const { rows } = await sql<Backlog>`select marks, moves, oldest from rollup.count_backlog()`.execute(ctx.db)
    return rows[0] ?? { marks: 0, moves: 0, oldest: null }
  })
}
