import { z } from 'zod'
import {
  DomainError,
  found,
  recordAudit,
  requirePermission,
  visitor,
  withTenant,
  type Deps,
  type TenantContext,
  type UserActor,
} from '@gonglian/tenancy'
import { isAdministrator } from './administrators.ts'
import { openLucia, renewSession, sessionHandle, type AccountAttributes } from './adapter.ts'

/** A user with an open session. Whoever must first change the password or enrol a second factor has no role until then. */
export type SignedIn = UserActor & {
  readonly sessionHandle: string
  readonly mustChangePassword: boolean
  readonly mustEnrol: boolean
  readonly hasFactor: boolean
}

export type SessionRequest = {
  requestId: string
  address: string
  /** A request that no person made (live events, polling): does not keep the session alive. */
  passive?: boolean
}

/** A use is written down at most once a minute, not with every picture of a page. */
const noticeMs = 60_000

/** Password or code count as fresh for so long, within the session they were given in. */
export const proofMinutes = 10

/**
 * Who a session belongs to, or null: unknown, idle for 30 minutes, 12 hours old, or an account that is no longer
 * effective. Roles are read each time, so a revoked role ends with the next request.
 */
export async function validateSession(
  deps: Deps,
  sessionId: string,
  request: SessionRequest,
): Promise<SignedIn | null> {
  if (sessionId === '' || sessionId.length > 200) return null
  return withTenant(deps, visitor(request.requestId, request.address), async (ctx) => {
    const renew = request.passive !== true
    const { session, user } = await openLucia(ctx, renew).validateSession(sessionId)
    if (!session || user.status !== 'active' || user.roles.length === 0) return null
    if (renew && !session.fresh && ctx.now.getTime() - session.seenAt.getTime() >= noticeMs)
      await renewSession(ctx, sessionId)
    return toSignedIn(user.id, user, sessionId, request, {
      isProved: isFresh(ctx, session.provedAt),
      factorRequired: session.factorRequired,
      passwordExpired: session.passwordExpired,
    })
  })
}

function isFresh(ctx: TenantContext, provedAt: Date | null): boolean {
  return provedAt !== null && ctx.now.getTime() - provedAt.getTime() < proofMinutes * 60_000
}

/** Opens a session for an account whose password, and code where it has a factor, was right. Called by the sign-in only. */
export async function beginSession(
  ctx: TenantContext,
  account: AccountAttributes & { id: number },
  request: { requestId: string; address: string; agent: string },
  rule: { sessions: number; factorRequired: boolean; passwordExpired: boolean },
): Promise<{ sessionId: string; actor: SignedIn }> {
  const lucia = openLucia(ctx)
  await lucia.deleteExpiredSessions()
  const kept = ctx.db
    .selectFrom('auth.session')
    .select('id')
    .where('account_id', '=', account.id)
    .orderBy('seen_at', 'desc')
    .limit(rule.sessions - 1)
  await ctx.db.deleteFrom('auth.session').where('account_id', '=', account.id).where('id', 'not in', kept).execute()
  const session = await lucia.createSession(account.id, {
    tenantId: account.tenantId,
    address: request.address,
    agent: request.agent.slice(0, 300),
    seenAt: ctx.now,
    provedAt: ctx.now,
    factorRequired: rule.factorRequired,
    passwordExpired: rule.passwordExpired,
  })
  return {
    sessionId: session.id,
    actor: toSignedIn(account.id, account, session.id, request, { ...rule, isProved: true }),
  }
}

function toSignedIn(
  accountId: number,
  account: AccountAttributes,
  sessionId: string,
  request: { requestId: string; address: string },
  session: { isProved: boolean; factorRequired: boolean; passwordExpired: boolean },
): SignedIn {
  const mustChangePassword = account.mustChangePassword || session.passwordExpired
  const mustEnrol =
    !account.hasFactor && (session.factorRequired || (!account.isDemonstration && account.roles.some(isAdministrator)))
  return {
    kind: 'user',
    accountId,
    username: account.username,
    displayName: account.displayName,
    tenantId: account.tenantId,
    roles: mustChangePassword || mustEnrol ? [] : account.roles,
    locale: account.locale,
    isProved: session.isProved,
    requestId: request.requestId,
    address: request.address,
    sessionHandle: sessionHandle(sessionId),
    mustChangePassword,
    mustEnrol,
    hasFactor: account.hasFactor,
  }
}

/** Ends one session. Without an open session nothing happens. */
export async function signOut(deps: Deps, sessionId: string, request: SessionRequest): Promise<void> {
  await withTenant(deps, visitor(request.requestId, request.address), async (ctx) => {
    const lucia = openLucia(ctx, false)
    const { session, user } = await lucia.validateSession(sessionId)
    if (!session) return
    await lucia.invalidateSession(sessionId)
    await recordAudit(
      { ...ctx, actor: toSignedIn(user.id, user, sessionId, request, { ...session, isProved: false }) },
      { action: 'session.signOut', objectKind: 'account', objectId: user.username, tenantId: user.tenantId },
    )
  })
}

/** Ends all sessions of whoever asks, this one included. Returns how many. */
export async function signOutEverywhere(ctx: TenantContext): Promise<number> {
  const me = requireUser(ctx)
  const gone = await ctx.db.deleteFrom('auth.session').where('account_id', '=', me.accountId).executeTakeFirst()
  await recordAudit(ctx, { action: 'session.signOutEverywhere', objectKind: 'account', objectId: me.username })
  return Number(gone.numDeletedRows)
}

export type OpenSession = {
  handle: string
  createdAt: Date
  seenAt: Date
  expiresAt: Date
  address: string
  agent: string
}

/** One's own open sessions, last used first. */
export async function listSessions(ctx: TenantContext): Promise<OpenSession[]> {
  const me = requireUser(ctx)
  const rows = await ctx.db
    .selectFrom('auth.session')
    .selectAll()
    .where('account_id', '=', me.accountId)
    .where('expires_at', '>', ctx.now)
    .orderBy('seen_at', 'desc')
    .execute()
  return rows.map((row) => ({
    handle: row.id,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    address: row.address,
    agent: row.agent,
  }))
}

export const EndSession = z.object({ handle: z.string().regex(/^[0-9a-f]{64}$/) })

/** Ends one of one's own sessions. */
export async function endSession(ctx: TenantContext, input: z.output<typeof EndSession>): Promise<void> {
  const me = requireUser(ctx)
  found(
    await ctx.db
      .deleteFrom('auth.session')
      .where('id', '=', input.handle)
      .where('account_id', '=', me.accountId)
      .returning('id')
      .executeTakeFirst(),
  )
  await recordAudit(ctx, { action: 'session.end', objectKind: 'account', objectId: me.username })
}

export const EndAccountSessions = z.object({ username: z.string().trim().toLowerCase().max(64) })

/** The security administrator throws somebody of the own body out, everywhere. Returns how many sessions ended. */
export async function endAccountSessions(
  ctx: TenantContext,
  input: z.output<typeof EndAccountSessions>,
): Promise<number> {
  requirePermission(ctx, 'session:end')
  const account = found(
    await ctx.db
      .selectFrom('auth.account')
      .select(['id', 'username'])
      .where('username', '=', input.username)
      .executeTakeFirst(),
    'errors.accountNotFound',
  )
  const gone = await ctx.db.deleteFrom('auth.session').where('account_id', '=', account.id).executeTakeFirst()
  await recordAudit(ctx, { action: 'session.endAll', objectKind: 'account', objectId: account.username })
  return Number(gone.numDeletedRows)
}

/** What concerns only one's own account needs no role, only to be somebody. */
export function requireUser(ctx: { actor: TenantContext['actor'] }): UserActor {
  if (ctx.actor.kind !== 'user') throw new DomainError('unauthenticated', 'errors.unauthenticated')
  return ctx.actor
}
