import { collectApprovals, declareApprovals } from '@gonglian/approvals'
import { auth } from '@gonglian/auth'
import { inspection } from '@gonglian/inspection'
import { organisation, organisationApprovals } from '@gonglian/organisation'
import { listTasks, type Domain } from '@gonglian/records'
import { reporting } from '@gonglian/reporting'
import { targets } from '@gonglian/targets'

/** What needs the approval of the next level, of all domains. */
export const allApprovals = collectApprovals(organisationApprovals)
export const approvals = declareApprovals(allApprovals)

/** Everything that declares tasks or records, in the order of the desk: the one list for api, web, worker and tests. A new domain is put here. */
export const domains: readonly Domain[] = [inspection, approvals, targets, reporting, organisation, auth]

/** What waits for people, of all domains. */
export const tasks = listTasks(domains)

/** What may be attached to records of any of them. */
export const fileKinds = domains.flatMap((domain) => domain.fileKinds ?? [])
