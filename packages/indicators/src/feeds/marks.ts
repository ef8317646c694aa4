import { defineJob } from '@gonglian/jobs'
import type { TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'

/** "Records changed." Carries nothing: whose and which stands in the database. */
export const FeedWake = defineJob({ name: 'feeds.wake', schema: z.object({}) })
/** Looks every few seconds for what a lost wake-up left behind. */
export const FeedSweep = defineJob({ name: 'feeds.sweep', schema: z.object({}), attempts: 1 })

/**
 * Says, in the transaction that changes records, that the figures counted from them are out of date. The caller has checked the
 * permission for the change itself.
 *
 * @param key of a feed, or of a group of them: "organisation.members" also means "organisation.members.applications"
 */
export async function markFeed(ctx: TenantContext, key: string, tenantId: number = ctx.tenantId): Promise<void> {
  await ctx.db.insertInto('indicators.feed_mark').values({ tenant_id: tenantId, feed: key }).execute()
  ctx.enqueue(FeedWake, {}, { key: FeedWake.name })
}
