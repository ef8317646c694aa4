import { handleJob, type JobHandler } from '@gonglian/jobs'
import type { Deps } from '@gonglian/tenancy'
import { drainFeeds } from './drain.ts'
import type { Feed } from './feed.ts'
import { FeedSweep, FeedWake } from './marks.ts'

export { FeedSweep } from './marks.ts'
export const feedSweepEveryMs = 5000

/** The jobs that keep the given feeds up to date. */
export function feedJobs(feeds: readonly Feed[]): JobHandler<Deps>[] {
  const drain = (deps: Deps) => drainFeeds(deps, feeds)
  return [handleJob(FeedWake, drain), handleJob(FeedSweep, drain)]
}
