import { z } from 'zod'
import { defineJob, handleJob, type JobHandler } from '@gonglian/jobs'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { BallotMix, mixAllBallots } from './ballot-mixing.ts'
import { HandDown, runHandDown } from './hand-downs.ts'
import { runImport } from './import-runs.ts'
import { ImportSweep, sweepImports } from './import-sweeps.ts'
import { ImportRun } from './imports.ts'
import { listRoots } from './roots.ts'
import { expireTransfers } from './transfers.ts'

/** Ends transfers that nobody answered in time; they can't be accepted any more anyway, so an hour late does no harm. */
export const TransferSweep = defineJob({ name: 'organisation.transfers.expire', schema: z.object({}), attempts: 1 })
export const transferSweepEveryMs = 3_600_000

async function sweepTransfers(deps: Deps): Promise<void> {
  for (const id of await listRoots(deps)) await withTenant(deps, systemActor('transfers', id), expireTransfers)
}

export const organisationJobs: JobHandler<Deps>[] = [
  handleJob(ImportRun, runImport),
  handleJob(BallotMix, mixAllBallots),
  handleJob(HandDown, runHandDown),
  handleJob(ImportSweep, sweepImports),
  handleJob(TransferSweep, sweepTransfers),
]
