import './permissions.ts'
export { organisationApprovals } from './approvals/index.ts'
export { organisationFeeds } from './feeds/index.ts'
export { organisationJobs, organisationSweeps } from './runs.ts'
