import { defineJob } from '@gonglian/jobs'
import type { TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'

/** "Records changed." Carries nothing: whose and which stands in the database, which notes it by itself. */
export const FeedWake = defineJob({ name: 'feeds.wake', schema: z.object({}) })
/** Looks every few seconds for what a lost wake-up left behind. */
export const FeedSweep = defineJob({ name: 'feeds.sweep', schema: z.object({}), attempts: 1 })

/** After the commit, has figures counted again whose records this transaction changed: at once instead of at the next sweep. */
export function wakeFeeds(ctx: TenantContext): void {
  ctx.enqueue(FeedWake, {}, { key: FeedWake.name })
}
