import { auth } from '@gonglian/auth'
import { inspection } from '@gonglian/inspection'
import { organisation } from '@gonglian/organisation'
import { listTasks, type Domain } from '@gonglian/records'
import { reporting } from '@gonglian/reporting'
import { targets } from '@gonglian/targets'

/**
 * Everything that declares tasks or records, in the order of the desk: the one list for api, web, worker and tests. A new domain is put here;
 * so are approvals, whose package declares the tasks of whoever proposes and decides.
 */
export const domains: readonly Domain[] = [inspection, targets, reporting, organisation, auth]

/** What waits for people, of all domains. */
export const tasks = listTasks(domains)
