export { BallotMix, ballotMixEveryMs } from './ballot-mixing.ts'
export { organisationFeeds } from './feeds/index.ts'
export { ImportSweep, importSweepEveryMs } from './import-sweeps.ts'
export { TransferSweep, organisationJobs, transferSweepEveryMs } from './runs.ts'
