import { sql } from 'kysely'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { loadCatalogue, loadForms } from './national.ts'

/** The national catalogue, calendar and forms, for a test whose national body has this id. */
export async function aCatalogue(deps: Deps, nationalId: number): Promise<void> {
  await withTenant(deps, systemActor('loader', nationalId), async (ctx) => {
    await loadCatalogue(ctx)
    await loadForms(ctx)
  })
}

/** Waits until somebody in the test's database waits for a lock: the moment two writers have met. */
export async function untilBlocked(test: { deps: Deps }): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      test.deps.db,
    )
    if (rows.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
