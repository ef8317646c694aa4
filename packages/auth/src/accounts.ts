import { z } from 'zod'
import {
  DomainError,
  actorName,
  findFederations,
  found,
  recordAudit,
  requirePermission,
  type Locale,
  type TenantContext,
} from '@gonglian/tenancy'
import type { AccountStatus } from './adapter.ts'
import { forgetFailures } from './attempts.ts'
import { hasFactor } from './factor.ts'
import { requestLink } from './link-requests.ts'
import { requireAdministratorLeft } from './administrators.ts'
import { hashPassword, inventPassword } from './passwords.ts'
import { requireUser } from './sessions.ts'

/** Small letters, digits and . _ - */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-z][0-9a-z._-]{1,63}$/)
export const AccountName = z.object({ username: Username })

export const CreateAccount = z.object({
  username: Username,
  displayName: z.string().trim().min(1).max(60),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  /** Proposed for the role of a leader, which the security administrator may then grant. */
  asLeader: z.boolean().default(false),
})

/** An account and the code for its person, told this once. */
export type Requested = { username: string; code: string }

/**
 * The system administrator makes an account of the own body. It stays without effect until the security administrator grants
 * it a role (handbook 15, three administrators). Nobody knows its password: the person sets one with the code that is told here and
 * the link that the security administrator gets (confirmRequest).
 *
 * @throws DomainError invalid errors.usernamePrefix unless the user name begins with the body's code: so a name that is taken
 * tells nothing about other bodies; conflict errors.usernameTaken
 */
export async function createAccount(ctx: TenantContext, input: z.output<typeof CreateAccount>): Promise<Requested> {
  requirePermission(ctx, 'account:create')
  const body = found((await findFederations(ctx, [ctx.tenantId])).get(ctx.tenantId))
  const prefix = `${body.code.toLowerCase()}-`
  if (!input.username.startsWith(prefix) || input.username.length === prefix.length) {
    throw new DomainError('invalid', 'errors.invalid', {
      fields: [{ path: 'username', key: 'errors.usernamePrefix', params: { prefix } }],
    })
  }
  const added = await ctx.db
    .insertInto('auth.account')
    .values({
      tenant_id: ctx.tenantId,
      username: input.username,
      display_name: input.displayName,
      password_hash: await hashPassword(inventPassword()),
      must_change_password: true,
      locale: input.locale,
      created_at: ctx.now,
      leader_proposed_by: input.asLeader ? actorName(ctx.actor) : null,
    })
    .onConflict((conflict) => conflict.column('username').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) {
    throw new DomainError('conflict', 'errors.usernameTaken', {
      fields: [{ path: 'username', key: 'errors.usernameTaken' }],
    })
  }
  await recordAudit(ctx, {
    action: 'account.create',
    objectKind: 'account',
    objectId: input.username,
    after: { status: 'waiting', ...(input.asLeader ? { proposed: 'leader' } : {}) },
  })
  return { username: input.username, code: await requestLink(ctx, { ...added, username: input.username }, 'first') }
}

/**
 * Asks for a new password for somebody who forgot theirs. Nothing changes until the security administrator agrees (confirmRequest); the
 * person then needs both this code and that one's link.
 */
export async function requestPasswordReset(
  ctx: TenantContext,
  input: z.output<typeof AccountName>,
): Promise<Requested> {
  requirePermission(ctx, 'account:create')
  const account = await lockForRequest(ctx, input.username)
  const held = await ctx.db
    .selectFrom('auth.account_role')
    .select('role')
    .where('account_id', '=', account.id)
    .executeTakeFirst()
  const code = await requestLink(ctx, account, held || account.status === 'active' ? 'reset' : 'first')
  await recordAudit(ctx, { action: 'account.requestReset', objectKind: 'account', objectId: account.username })
  return { username: account.username, code }
}

/** Asks for taking away the second factor of somebody who lost it, recovery codes included. */
export async function requestFactorReset(ctx: TenantContext, input: z.output<typeof AccountName>): Promise<void> {
  requirePermission(ctx, 'account:create')
  const account = await lockForRequest(ctx, input.username)
  if (!(await hasFactor(ctx, account.id))) throw new DomainError('conflict', 'errors.factorMissing')
  await requestLink(ctx, account, 'factor')
  await recordAudit(ctx, { action: 'factor.requestReset', objectKind: 'account', objectId: account.username })
}

async function lockForRequest(ctx: TenantContext, username: string): Promise<LockedAccount> {
  const account = await lockAccount(ctx, username)
  requireOther(ctx, account.id)
  if (account.status === 'disabled') throw new DomainError('conflict', 'errors.accountDisabled')
  // Without another security administrator nobody could agree.
  await requireAdministratorLeft(ctx, account.id, ['secadmin'])
  return account
}

/** The system administrator proposes an account for the role of a leader; without that nobody grants it. */
export async function proposeLeader(ctx: TenantContext, input: z.output<typeof AccountName>): Promise<void> {
  requirePermission(ctx, 'account:create')
  const account = await lockAccount(ctx, input.username)
  requireOther(ctx, account.id)
  await ctx.db
    .updateTable('auth.account')
    .set({ leader_proposed_by: actorName(ctx.actor) })
    .where('id', '=', account.id)
    .execute()
  await recordAudit(ctx, { action: 'account.proposeLeader', objectKind: 'account', objectId: account.username })
}

/** Closes an account at once, with all its sessions. Nothing is deleted: its name stands in the trail. */
export async function disableAccount(ctx: TenantContext, input: z.output<typeof AccountName>): Promise<void> {
  requirePermission(ctx, 'account:disable')
  const account = await lockAccount(ctx, input.username)
  if (account.status === 'disabled') return
  requireOther(ctx, account.id)
  await requireAdministratorLeft(ctx, account.id)
  await ctx.db.updateTable('auth.account').set({ status: 'disabled' }).where('id', '=', account.id).execute()
  await endSessionsOf(ctx, account.id)
  await recordAudit(ctx, {
    action: 'account.disable',
    objectKind: 'account',
    objectId: account.username,
    before: { status: account.status },
  })
}

/** Opens a closed account; effective when the security administrator agrees. */
export async function enableAccount(ctx: TenantContext, input: z.output<typeof AccountName>): Promise<void> {
  requirePermission(ctx, 'account:disable')
  const account = await lockAccount(ctx, input.username)
  if (account.status !== 'disabled') return
  await ctx.db.updateTable('auth.account').set({ status: 'waiting' }).where('id', '=', account.id).execute()
  await recordAudit(ctx, {
    action: 'account.enable',
    objectKind: 'account',
    objectId: account.username,
    after: { status: 'waiting' },
  })
}

/** Ends a lockout before its time. */
export async function unlockAccount(ctx: TenantContext, input: z.output<typeof AccountName>): Promise<void> {
  requirePermission(ctx, 'account:unlock')
  const account = await lockAccount(ctx, input.username)
  if (await forgetFailures(ctx, account.username)) {
    await recordAudit(ctx, { action: 'account.unlock', objectKind: 'account', objectId: account.username })
  }
}

export const SetLocale = z.object({ locale: z.enum(['zh-CN', 'en']) })

/** The language one reads in from now on. */
export async function setLocale(ctx: TenantContext, input: { locale: Locale }): Promise<void> {
  const me = requireUser(ctx)
  await ctx.db.updateTable('auth.account').set({ locale: input.locale }).where('id', '=', me.accountId).execute()
}

export type LockedAccount = { id: number; username: string; status: AccountStatus; leader_proposed_by: string | null }

/** The account of the own body, held until the transaction ends. */
export async function lockAccount(ctx: TenantContext, username: string): Promise<LockedAccount> {
  return found(
    await ctx.db
      .selectFrom('auth.account')
      .select(['id', 'username', 'status', 'leader_proposed_by'])
      .where('username', '=', username)
      .forUpdate()
      .executeTakeFirst(),
    'errors.accountNotFound',
  )
}

/**
 * Nobody decides about their own account.
 *
 * @throws DomainError conflict errors.ownAccount
 */
export function requireOther(ctx: TenantContext, accountId: number): void {
  if (ctx.actor.kind === 'user' && ctx.actor.accountId === accountId)
    throw new DomainError('conflict', 'errors.ownAccount')
}

async function endSessionsOf(ctx: TenantContext, accountId: number): Promise<void> {
  await ctx.db.deleteFrom('auth.session').where('account_id', '=', accountId).execute()
}
