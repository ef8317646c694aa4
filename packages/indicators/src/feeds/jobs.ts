import { handleJob, type JobHandler, type Sweep } from '@gonglian/jobs'
import type { Deps } from '@gonglian/tenancy'
import { drainFeeds } from './drain.ts'
import type { Feed } from './feed.ts'
import { FeedWake } from './marks.ts'

const sweepEveryMs = 5000

/** The jobs that keep the given feeds up to date. */
export function feedJobs(feeds: readonly Feed[]): JobHandler<Deps>[] {
  return [handleJob(FeedWake, (deps) => drainFeeds(deps, feeds))]
}

/** Looks every few seconds for what a lost wake-up left behind. */
export function feedSweep(feeds: readonly Feed[]): Sweep<Deps> {
  return { name: 'feeds', everyMs: sweepEveryMs, run: (deps) => drainFeeds(deps, feeds) }
}
