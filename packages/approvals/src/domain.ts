import { defineDomain } from '@gonglian/records'
import { applicationFiles } from './approval.ts'
import { declareDecisions, type Approvals } from './deciding.ts'
import { applicationSteps } from './open-steps.ts'
import { listReceived, listSent } from './reading.ts'
import { approvalTasks } from './tasks.ts'

/** The lists and commands of applications, for the program that loads what all domains declare. */
export function declareApprovals(approvals: Approvals) {
  return defineDomain({
    name: 'approvals',
    fileKinds: [applicationFiles],
    tasks: approvalTasks,
    nextSteps: applicationSteps,
    nouns: { applications: { listReceived, listSent, ...declareDecisions(approvals) } },
  })
}
