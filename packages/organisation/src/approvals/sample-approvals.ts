import { collectApprovals, declareDecisions } from '@gonglian/approvals'
import { performCommand } from '@gonglian/records'
import { organisationApprovals } from './index.ts'
import type { Office } from '../unions/sample-unions.ts'

const { proposeDecision, approveApplication } = declareDecisions(collectApprovals(organisationApprovals))

/** The superior's officer proposes what was handed in, and its leader approves it; the number of the paper. */
export async function approveAbove(superior: Office, applicationId: number, version = 1): Promise<string> {
  const proposed = await superior.officer((ctx) =>
    performCommand(ctx, proposeDecision, { applicationId, version, proposal: 'approve', opinion: '材料齐全' }),
  )
  const { paperNo } = await superior.leader((ctx) =>
    performCommand(ctx, approveApplication, { applicationId, version: proposed.version }),
  )
  return paperNo
}
