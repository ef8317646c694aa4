import { sql } from 'kysely'
import { z } from 'zod'
import { defineJob, handleJob, type JobHandler } from '@gonglian/jobs'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { HandDown, runHandDown } from './hand-downs.ts'
import { runImport } from './import-runs.ts'
import { ImportRun } from './imports.ts'
import { expireTransfers } from './transfers.ts'

/** Ends transfers that nobody answered in time; they can't be accepted any more anyway, so an hour late does no harm. */
export const TransferSweep = defineJob({ name: 'organisation.transfers.expire', schema: z.object({}), attempts: 1 })
export const transferSweepEveryMs = 3_600_000

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

export const organisationJobs: JobHandler<Deps>[] = [
  handleJob(ImportRun, runImport),
  handleJob(HandDown, runHandDown),
  handleJob(TransferSweep, sweepTransfers),
]
