import { sql } from 'kysely'
import { handleJob, type JobHandler, type Sweep } from '@gonglian/jobs'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { HandDown, runHandDown } from './hand-downs.ts'
import { runImport } from './import-runs.ts'
import { ImportRun } from './imports.ts'
import { expireTransfers } from './transfers.ts'

async function sweepTransfers(deps: Deps): Promise<void> {
  const roots = await withTenant(deps, systemActor('transfers', 0), async (ctx) => {
    const { rows } = await sql<{ id: number }>`
      select ancestor_id as id from tenancy.closure c where depth = 0 and hierarchy = 'regional'
        and not exists (select from tenancy.closure up where up.descendant_id = c.ancestor_id and up.depth > 0)`.execute(
      ctx.db,
    )
    return rows
  })
  for (const { id } of roots) await withTenant(deps, systemActor('transfers', id), expireTransfers)
}

export const organisationJobs: JobHandler<Deps>[] = [handleJob(ImportRun, runImport), handleJob(HandDown, runHandDown)]

export const organisationSweeps: readonly Sweep<Deps>[] = [
  // Ends transfers that nobody answered in time; they can't be accepted any more anyway, so an hour late does no harm.
  { name: 'organisation.transfers', everyMs: 3_600_000, run: sweepTransfers },
]
