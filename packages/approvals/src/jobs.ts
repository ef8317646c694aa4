import type { Sweep } from '@gonglian/jobs/sweeps'
import type { Deps } from '@gonglian/tenancy'
import type { AnyApproval } from './approval.ts'
import { lapseApplications } from './deciding.ts'

/** Ends applications that nobody decided in time; they can't be decided any more anyway, so an hour late does no harm. */
export function approvalSweeps(approvals: ReadonlyMap<string, AnyApproval>): Sweep<Deps>[] {
  return [
    {
      name: 'approvals.lapse',
      everyMs: 3_600_000,
      run: async (deps) => void (await lapseApplications(deps, approvals)),
    },
  ]
}
