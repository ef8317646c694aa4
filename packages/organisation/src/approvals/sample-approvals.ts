import { collectApprovals, declareDecisions } from '@gonglian/approvals'
import { performCommand } from '@gonglian/records'
import { organisationApprovals } from './index.ts'
import type { Office } from '../unions/sample-unions.ts'

/** What one may do with an application of this domain. */
export const decisions = declareDecisions(collectApprovals(organisationApprovals))
const { proposeDecision, approveApplication } = decisions

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

/** The leader of the own body approves what a unit of its register applied for; the number of the paper. */
export async function approveInHouse(office: Office, applicationId: number, version = 1): Promise<string> {
  const { paperNo } = await office.leader((ctx) => performCommand(ctx, approveApplication, { applicationId, version }))
  return paperNo
}
