import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { DomainError, recordAudit, visitor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { admitAttempt, closedDoor, dropOldAttempts, forgiveAttempts } from './attempts.ts'
import type { AccountAttributes } from './adapter.ts'
import { verifyPassword } from './passwords.ts'
import { beginSession, type SignedIn } from './sessions.ts'

export const SignIn = z.object({
  // No account has a control character in its name, and PostgreSQL takes no zero byte: they become a character nobody has.
  username: z
    .string()
    .max(1000)
    .transform((name) =>
      name
        .trim()
        .toLowerCase()
        .replaceAll(/\p{Cc}/gu, '\ufffd')
        .slice(0, 200),
    ),
  password: z.string().max(1000),
  requestId: z.string(),
  address: z.string().max(100),
  agent: z.string(),
})

/** Refusals leave on this beat, so that the audit line written for a real account does not show in the time. */
const refusalBeatMs = 250

/**
 * Opens a session for the right user name and password. Unknown user, wrong password and disabled account get the same
 * answer after the same work; attempts are counted by name and by source address before they are tried.
 *
 * @throws DomainError unauthenticated errors.wrongCredentials {attemptsLeft}; errors.accountNotEffective when the password is
 * right but the security administrator has not agreed yet; errors.bodyClosedSignIn when the body was closed; too_many errors.accountLocked or errors.tooManyAttempts {seconds, minutes}
 */
export async function signIn(
  deps: Deps,
  input: z.input<typeof SignIn>,
): Promise<{ sessionId: string; actor: SignedIn }> {
  const started = performance.now()
  try {
    return await trySignIn(deps, SignIn.parse(input))
  } catch (error) {
    const spent = performance.now() - started
    await wait(refusalBeatMs * Math.ceil(spent / refusalBeatMs) - spent)
    throw error
  }
}

async function trySignIn(deps: Deps, input: z.output<typeof SignIn>): Promise<{ sessionId: string; actor: SignedIn }> {
  const { left } = await admitAttempt(deps, input)
  const door = visitor(input.requestId, input.address)
  const account = await withTenant(deps, door, (ctx) => readAccount(ctx, input.username))
  // The slow part stands between two transactions: a rush at the door must not hold all connections.
  const fits = await verifyPassword(account?.passwordHash ?? null, input.password)
  if (!account || !fits || account.status === 'disabled') {
    await withTenant(deps, door, async (ctx) => {
      await dropOldAttempts(ctx)
      if (account) await recordRefusal(ctx, account, left)
    })
    if (left === 0) throw closedDoor()
    throw new DomainError('unauthenticated', 'errors.wrongCredentials', { params: { attemptsLeft: left } })
  }
  const isEffective = account.status === 'active' && account.roles.length > 0 && !account.isBodyClosed
  const opened = await withTenant(deps, door, async (ctx) => {
    await forgiveAttempts(ctx, input)
    const entry = { objectKind: 'account', objectId: account.username, tenantId: account.tenantId }
    if (!isEffective) {
      await recordAudit(ctx, {
        ...entry,
        action: 'session.refused',
        after: { cause: account.isBodyClosed ? 'body closed' : 'not effective' },
      })
      return null
    }
    const session = await beginSession(ctx, account, input)
    await recordAudit(
      { ...ctx, actor: session.actor },
      { ...entry, action: 'session.signIn', after: { agent: input.agent.slice(0, 300) } },
    )
    return session
  })
  if (!opened)
    throw new DomainError(
      'unauthenticated',
      account.isBodyClosed ? 'errors.bodyClosedSignIn' : 'errors.accountNotEffective',
    )
  return opened
}

async function recordRefusal(ctx: TenantContext, account: FoundAccount, left: number): Promise<void> {
  const entry = { objectKind: 'account', objectId: account.username, tenantId: account.tenantId }
  await recordAudit(ctx, {
    ...entry,
    action: 'session.refused',
    after: { cause: account.status === 'disabled' ? 'disabled' : 'password' },
  })
  if (left === 0) await recordAudit(ctx, { ...entry, action: 'session.lockout' })
}

type FoundAccount = AccountAttributes & { id: number; passwordHash: string; isBodyClosed: boolean }

async function readAccount(ctx: TenantContext, username: string): Promise<FoundAccount | null> {
  const row = await ctx.db
    .selectFrom('auth.account')
    .selectAll()
    .select(sql<boolean>`auth.is_closed(tenant_id)`.as('is_body_closed'))
    .where('username', '=', username)
    .executeTakeFirst()
  if (!row) return null
  const roles = await ctx.db
    .selectFrom('auth.account_role')
    .select('role')
    .where('account_id', '=', row.id)
    .orderBy('role')
    .execute()
  return {
    id: row.id,
    passwordHash: row.password_hash,
    username: row.username,
    displayName: row.display_name,
    tenantId: row.tenant_id,
    status: row.status,
    mustChangePassword: row.must_change_password,
    locale: row.locale,
    roles: roles.map((granted) => granted.role),
    isBodyClosed: row.is_body_closed,
  }
}
