import { randomInt } from 'node:crypto'
import type { z } from 'zod'
import {
  DomainError,
  actorName,
  found,
  recordAudit,
  requireFreshProof,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { findAccount } from './account-search.ts'
import { lockAccount, requireOther, type AccountName } from './accounts.ts'
import { dropFactor, hashCode } from './factor.ts'
import { hashToken, inventToken, linkHours, welcomePath, type LinkPurpose } from './one-time-links.ts'
import { announce, announceLeader } from './notices.ts'

const codeAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

function inventCode(): string {
  const pick = () => Array.from({ length: 5 }, () => codeAlphabet.charAt(randomInt(codeAlphabet.length))).join('')
  return `${pick()}-${pick()}`
}

/**
 * The system administrator asks for a first password, a new one, or for taking the second factor away. Nothing changes until the security
 * administrator agrees. The code goes to the person; it is told this once and of no use without the link that the other one hands over.
 */
export async function requestLink(
  ctx: TenantContext,
  account: { id: number; username: string },
  purpose: LinkPurpose,
): Promise<string> {
  const code = inventCode()
  await ctx.db
    .deleteFrom('auth.one_time_link')
    .where('account_id', '=', account.id)
    .where('used_at', 'is', null)
    .execute()
  await ctx.db
    .insertInto('auth.one_time_link')
    .values({
      account_id: account.id,
      tenant_id: ctx.tenantId,
      purpose,
      code_hash: hashCode(ctx.vault, account.id, code),
      requested_by: actorName(ctx.actor),
      expires_at: new Date(ctx.now.getTime() + linkHours * 3_600_000),
    })
    .execute()
  return code
}

/**
 * The security administrator agrees to what the system administrator asked for. A password's link is told this once, for the person; taking
 * the second factor away happens at once. What concerns a leader is announced to the leaders and in the superior's trail.
 *
 * @throws DomainError not_found errors.requestNotFound; conflict errors.ownAccount, errors.ownRequest, errors.accountWithoutRole
 */
export async function confirmRequest(
  ctx: TenantContext,
  input: z.output<typeof AccountName>,
): Promise<{ username: string; path: string | null }> {
  requirePermission(ctx, 'role:grant')
  requireFreshProof(ctx)
  const account = await lockAccount(ctx, input.username)
  requireOther(ctx, account.id)
  const request = found(
    await ctx.db
      .selectFrom('auth.one_time_link')
      .selectAll()
      .where('account_id', '=', account.id)
      .where('used_at', 'is', null)
      .where('expires_at', '>', ctx.now)
      .executeTakeFirst(),
    'errors.requestNotFound',
  )
  if (request.requested_by === actorName(ctx.actor)) throw new DomainError('conflict', 'errors.ownRequest')
  const whole = found(await findAccount(ctx, { id: account.id }))
  if (whole.roles.length === 0) throw new DomainError('conflict', 'errors.accountWithoutRole')
  const actors = [request.requested_by, actorName(ctx.actor)]
  const kind = request.purpose === 'factor' ? 'factor_reset' : 'password_reset'
  if (request.purpose !== 'first')
    await announce(ctx, { tenantId: ctx.tenantId, kind, username: account.username, actors })
  if (request.purpose !== 'first' && whole.roles.includes('leader'))
    await announceLeader(ctx, 'leader_reset', account.username, actors)
  const token = request.purpose === 'factor' ? null : inventToken()
  await ctx.db
    .updateTable('auth.one_time_link')
    .set({
      confirmed_by: actorName(ctx.actor),
      token_hash: token === null ? null : hashToken(token),
      used_at: token === null ? ctx.now : null,
      expires_at: new Date(ctx.now.getTime() + linkHours * 3_600_000),
    })
    .where('id', '=', request.id)
    .execute()
  if (token === null) {
    await dropFactor(ctx, account.id)
    await ctx.db.deleteFrom('auth.session').where('account_id', '=', account.id).execute()
  }
  await recordAudit(ctx, {
    action: token === null ? 'factor.reset' : 'account.linkConfirmed',
    objectKind: 'account',
    objectId: account.username,
    after: { purpose: request.purpose, requestedBy: request.requested_by },
  })
  return { username: account.username, path: token === null ? null : welcomePath(token) }
}
