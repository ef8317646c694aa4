import { collectApprovals, declareApprovals } from '@gonglian/approvals'
import { organisation, organisationApprovals } from '@gonglian/organisation'

/** What needs the approval of the next level, of all domains. */
export const allApprovals = collectApprovals(organisationApprovals)
export const approvals = declareApprovals(allApprovals)

/** The domains that the program is put together of. */
export const domains = [organisation, approvals] as const

/** What may be attached to records of any of them. */
export const fileKinds = domains.flatMap((domain) => domain.fileKinds ?? [])
