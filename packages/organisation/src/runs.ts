import { handleJob, type JobHandler, type Sweep } from '@gonglian/jobs'
import { listRoots, systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { mixAllBallots } from './appraisals/ballot-mixing.ts'
import { HandDown, runHandDown } from './census/hand-downs.ts'
import { runImport } from './imports/import-runs.ts'
import { sweepImports } from './imports/import-sweeps.ts'
import { ImportRun } from './imports/imports.ts'
import { expireTransfers } from './members/transfers.ts'

async function sweepTransfers(deps: Deps): Promise<void> {
  for (const id of await listRoots(deps)) await withTenant(deps, systemActor('transfers', id), expireTransfers)
}

export const organisationJobs: JobHandler<Deps>[] = [handleJob(ImportRun, runImport), handleJob(HandDown, runHandDown)]

export const organisationSweeps: readonly Sweep<Deps>[] = [
  // Ends transfers that nobody answered in time; they can't be accepted any more anyway, so an hour late does no harm.
  { name: 'organisation.transfers', everyMs: 3_600_000, run: sweepTransfers },
  { name: 'organisation.imports', everyMs: 300_000, run: sweepImports },
  { name: 'organisation.ballots', everyMs: 60_000, run: mixAllBallots },
]
