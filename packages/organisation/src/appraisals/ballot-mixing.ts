import { listRoots, systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { coverAnew, shuffle, takeBallots } from './ballots.ts'

/** Fewer are not mixed by themselves; closing mixes all that are left. */
const smallestBatch = 5

/** For the worker: one transaction for each appraisal of which enough ballots wait. */
export async function mixAllBallots(deps: Deps): Promise<void> {
  for (const root of await listRoots(deps)) {
    const actor = systemActor('ballots', root)
    const waiting = await withTenant(deps, actor, async (ctx) => {
      const { rows } = await sql<{ id: number }>`
        select list_waiting as id from organisation.list_waiting(${smallestBatch})`.execute(ctx.db)
      return rows.map((row) => row.id)
    })
    for (const appraisalId of waiting) await withTenant(deps, actor, (ctx) => mixBallots(ctx, appraisalId))
  }
}

/**
 * Writes all ballots of an appraisal anew: in another cover, in random order, in one transaction, with the choices still sealed. Afterwards neither the number of a transaction
 * nor the place on disk nor the sealed text tells which ballot came with which slip.
 */
export async function mixBallots(ctx: TenantContext, appraisalId: number): Promise<void> {
  const mixed = shuffle(await takeBallots(ctx, appraisalId)).map((sealed) => coverAnew(ctx, sealed))
  await sql`select organisation.mix_ballots(${appraisalId}, ${mixed}::bytea[])`.execute(ctx.db)
}
