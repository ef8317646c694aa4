export { organisationFeeds } from './feeds/index.ts'
export { TransferSweep, organisationJobs, transferSweepEveryMs } from './runs.ts'
