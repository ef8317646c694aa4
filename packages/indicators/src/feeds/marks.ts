import { defineJob } from '@gonglian/jobs'
import type { TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'

/** "Records changed." Carries nothing: whose and which stands in the database, which notes it by itself. */
export const FeedWake = defineJob({ name: 'feeds.wake', schema: z.object({}) })

/** After the commit, has figures counted again whose records this transaction changed: at once instead of at the next sweep. */
export function wakeFeeds(ctx: TenantContext): void {
  ctx.enqueue(FeedWake, {}, { key: FeedWake.name })
}
