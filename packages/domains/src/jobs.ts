import { organisationJobs, organisationSweeps } from '@gonglian/organisation/jobs'

/** What the worker does for the domains: when it is asked to, and by itself. */
export const domainJobs = [...organisationJobs]
export const domainSweeps = [...organisationSweeps]
