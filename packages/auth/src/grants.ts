import { z } from 'zod'
import {
  DomainError,
  actorName,
  recordAudit,
  requireFreshProof,
  requirePermission,
  roles,
  type Role,
  type TenantContext,
} from '@gonglian/tenancy'
import { lockAccount, requireOther, type AccountName } from './accounts.ts'
import { announceLeader } from './notices.ts'
import { isAdministrator, requireAdministratorLeft } from './administrators.ts'

export const GrantRole = z.object({ username: z.string().trim().toLowerCase().max(64), role: z.enum(roles) })

/**
 * The security administrator gives a role to an account of the own body; an account that waited becomes effective.
 *
 * A leader is granted only to whom the system administrator proposed, and is announced to the leaders and to the body above.
 *
 * @throws DomainError conflict errors.administratorsApart (三员分立: an administrator of one kind has no other role), errors.ownAccount,
 * errors.leaderNotProposed; forbidden errors.proofNeeded
 */
export async function grantRole(ctx: TenantContext, input: z.output<typeof GrantRole>): Promise<void> {
  requirePermission(ctx, 'role:grant')
  requireFreshProof(ctx)
  const account = await lockAccount(ctx, input.username)
  requireOther(ctx, account.id)
  if (account.status === 'disabled') throw new DomainError('conflict', 'errors.accountDisabled')
  const held = await rolesOf(ctx, account.id)
  if (held.includes(input.role)) return
  // The database's trigger refuses the same; here it gets its words.
  if (held.length > 0 && [input.role, ...held].some(isAdministrator))
    throw new DomainError('conflict', 'errors.administratorsApart')
  const proposedBy = account.leader_proposed_by
  if (input.role === 'leader') {
    if (proposedBy === null || proposedBy === actorName(ctx.actor))
      throw new DomainError('conflict', 'errors.leaderNotProposed')
    await announceLeader(ctx, 'leader_granted', account.username, [proposedBy, actorName(ctx.actor)])
  }
  await ctx.db
    .insertInto('auth.account_role')
    .values({ account_id: account.id, tenant_id: ctx.tenantId, role: input.role })
    .execute()
  await ctx.db
    .updateTable('auth.account')
    .set({ status: 'active', ...(input.role === 'leader' ? { leader_proposed_by: null } : {}) })
    .where('id', '=', account.id)
    .execute()
  // An administrator's rights begin with a sign-in that asks for the second factor.
  if (isAdministrator(input.role))
    await ctx.db.deleteFrom('auth.session').where('account_id', '=', account.id).execute()
  await recordAudit(ctx, {
    action: 'role.grant',
    objectKind: 'account',
    objectId: account.username,
    before: { roles: held },
    after: { roles: [...held, input.role].sort() },
  })
}

/**
 * Takes a role away. It ends with the next request of whoever had it.
 *
 * @throws DomainError conflict errors.lastAdministrator when nobody else of that kind could act
 */
export async function revokeRole(ctx: TenantContext, input: z.output<typeof GrantRole>): Promise<void> {
  requirePermission(ctx, 'role:grant')
  const account = await lockAccount(ctx, input.username)
  const held = await rolesOf(ctx, account.id)
  if (!held.includes(input.role)) return
  if (isAdministrator(input.role)) await requireAdministratorLeft(ctx, account.id)
  await ctx.db
    .deleteFrom('auth.account_role')
    .where('account_id', '=', account.id)
    .where('role', '=', input.role)
    .execute()
  await recordAudit(ctx, {
    action: 'role.revoke',
    objectKind: 'account',
    objectId: account.username,
    before: { roles: held },
    after: { roles: held.filter((role) => role !== input.role) },
  })
}

/** The security administrator agrees to an account with roles that the system administrator re-enabled. */
export async function confirmAccount(ctx: TenantContext, input: z.output<typeof AccountName>): Promise<void> {
  requirePermission(ctx, 'role:grant')
  requireFreshProof(ctx)
  const account = await lockAccount(ctx, input.username)
  if (account.status === 'active') return
  if (account.status === 'disabled') throw new DomainError('conflict', 'errors.accountDisabled')
  const held = await rolesOf(ctx, account.id)
  if (held.length === 0) throw new DomainError('conflict', 'errors.accountWithoutRole')
  await ctx.db.updateTable('auth.account').set({ status: 'active' }).where('id', '=', account.id).execute()
  await recordAudit(ctx, {
    action: 'account.confirm',
    objectKind: 'account',
    objectId: account.username,
    after: { roles: held },
  })
}

async function rolesOf(ctx: TenantContext, accountId: number): Promise<Role[]> {
  const rows = await ctx.db
    .selectFrom('auth.account_role')
    .select('role')
    .where('account_id', '=', accountId)
    .orderBy('role')
    .execute()
  return rows.map((row) => row.role)
}
