import type { TenantContext } from '@gonglian/tenancy'
import { requireUser } from './sessions.ts'

/** When the person last said that the news on their desk are read; null: never. */
export async function readDeskSeen(ctx: TenantContext): Promise<Date | null> {
  const me = requireUser(ctx)
  const row = await ctx.db
    .selectFrom('auth.account')
    .select('desk_seen_at')
    .where('id', '=', me.accountId)
    .executeTakeFirst()
  return row?.desk_seen_at ?? null
}

/** The news on one's own desk are read up to now. */
export async function markDeskSeen(ctx: TenantContext): Promise<void> {
  const me = requireUser(ctx)
  await ctx.db.updateTable('auth.account').set({ desk_seen_at: ctx.now }).where('id', '=', me.accountId).execute()
}
