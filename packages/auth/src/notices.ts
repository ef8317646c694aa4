import { sql } from 'kysely'
import { listSuperiors, recordAudit, type TenantContext } from '@gonglian/tenancy'
import { requireUser } from './sessions.ts'

export type NoticeKind = 'leader_granted' | 'leader_reset' | 'password_reset' | 'factor_reset'

/** Something done to an account by administrators that people have to know of. */
export type Notice = {
  readonly at: Date
  readonly kind: NoticeKind
  readonly username: string
  readonly actors: readonly string[]
}

const shown = 20

/** Announces what was done to an account: to the person, and of leaders to all leaders of the body. */
export async function announce(
  ctx: TenantContext,
  notice: { tenantId: number; kind: NoticeKind; username: string; actors: readonly string[] },
): Promise<void> {
  await ctx.db
    .insertInto('auth.notice')
    .values({ tenant_id: notice.tenantId, kind: notice.kind, username: notice.username, actors: [...notice.actors] })
    .execute()
}

/** What one has not confirmed reading yet: of one's own account, and for a leader of every leader's. */
export async function listNotices(ctx: TenantContext): Promise<Notice[]> {
  const me = requireUser(ctx)
  const rows = await ctx.db
    .selectFrom('auth.notice as n')
    .innerJoin('auth.account as me', (join) => join.on('me.id', '=', me.accountId))
    .select(['n.at', 'n.kind', 'n.username', 'n.actors'])
    .where('n.tenant_id', '=', ctx.tenantId)
    .where(sql<boolean>`n.at > coalesce(me.notices_seen_at, me.created_at - interval '1 second')`)
    .where((eb) =>
      eb.or([
        eb('n.username', '=', me.username),
        eb.and([eb.val(me.roles.includes('leader')), eb('n.kind', 'in', ['leader_granted', 'leader_reset'])]),
      ]),
    )
    .orderBy('n.at', 'desc')
    .limit(shown)
    .execute()
  return rows.map(({ at, kind, username, actors }) => ({ at, kind: toKind(kind), username, actors }))
}

function toKind(text: string): NoticeKind {
  const kinds: readonly NoticeKind[] = ['leader_granted', 'leader_reset', 'password_reset', 'factor_reset']
  return kinds.find((kind) => kind === text) ?? 'password_reset'
}

/** One has read the notices up to now. */
export async function markNoticesSeen(ctx: TenantContext): Promise<void> {
  const me = requireUser(ctx)
  await ctx.db.updateTable('auth.account').set({ notices_seen_at: ctx.now }).where('id', '=', me.accountId).execute()
}

/** Tells the leaders of the body, and the body above, that somebody can act as a leader. */
export async function announceLeader(
  ctx: TenantContext,
  kind: 'leader_granted' | 'leader_reset',
  username: string,
  actors: readonly string[],
): Promise<void> {
  const superior = (await listSuperiors(ctx, ctx.tenantId)).at(-2)
  // From above downwards, like every other writing to two trails.
  if (superior)
    await recordAudit(ctx, {
      action: kind === 'leader_granted' ? 'below.leaderGranted' : 'below.leaderReset',
      objectKind: 'account',
      objectId: username,
      after: { actors: [...actors] },
      tenantId: superior.id,
    })
  await announce(ctx, { tenantId: ctx.tenantId, kind, username, actors })
}
