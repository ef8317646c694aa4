export { defineJob, handleJob, type Job, type JobHandler } from './job.ts'
export { migrateQueue, openQueue, type FailedJob, type JobQueue, type QueueAddress, type QueueCounts } from './queue.ts'
export type { Sweep } from './sweeps.ts'
