import { sql } from 'kysely'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'

export type Backlog = {
  /** Totals that are out of date; one may be marked several times. */
  readonly marks: number
  /** Changes of the tree whose totals are not marked yet. */
  readonly moves: number
  /** When the oldest of both was noted. */
  readonly oldest: Date | null
}

/** How much waits for the worker, over all bodies: for the operator. The caller checks `queue:read`. */
export async function readBacklog(deps: Deps): Promise<Backlog> {
  return withTenant(deps, systemActor('rollup', 0), async (ctx) => {
    const { rows } = await sql<Backlog>`
      select dirty.count as marks, regrouped.count as moves, least(dirty.oldest, regrouped.oldest) as oldest
      from (select count(*), min(marked_at) as oldest from rollup.dirty) dirty,
        (select count(*), min(marked_at) as oldest from rollup.regrouped) regrouped`.execute(ctx.db)
    return rows[0] ?? { marks: 0, moves: 0, oldest: null }
  })
}
