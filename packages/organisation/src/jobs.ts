import './permissions.ts'
export { organisationFeeds } from './feeds/index.ts'
export { organisationJobs, organisationSweeps } from './runs.ts'
