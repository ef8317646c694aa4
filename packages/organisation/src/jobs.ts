import './permissions.ts'
export { organisationJobs, organisationSweeps } from './runs.ts'
