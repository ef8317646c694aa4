import { sql } from 'kysely'
import { systemActor } from './actor.ts'
import { withTenant, type Deps } from './context.ts'

/** The bodies with no superior: a sweep that acts for each of them reaches everybody. */
export async function listRoots(deps: Deps): Promise<number[]> {
  return withTenant(deps, systemActor('sweep', 0), async (ctx) => {
    const { rows } = await sql<{ id: number }>`
      select ancestor_id as id from tenancy.closure c where depth = 0 and hierarchy = 'regional'
        and not exists (select from tenancy.closure up where up.descendant_id = c.ancestor_id and up.depth > 0)`.execute(
      ctx.db,
    )
    return rows.map((row) => row.id)
  })
}
