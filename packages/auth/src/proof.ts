import { z } from 'zod'
import { DomainError, recordAudit, visitor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { findAccount } from './account-search.ts'
import { admitAttempt, forgiveAttempts, tooMany } from './attempts.ts'
import { useFactor } from './factor.ts'
import { verifyPassword } from './passwords.ts'
import type { SignedIn } from './sessions.ts'

/** A code where the account has a second factor, the password otherwise. */
export const ProveSession = z.object({ answer: z.string().max(1000) })

/**
 * Shows again that it is still the person who signed in: for ten minutes of this session requireFreshProof lets them pass. Wrong answers
 * count for this session: who finds it open cannot guess on, and locks nobody out elsewhere.
 *
 * @throws DomainError invalid with the field `answer`; too_many errors.accountLocked
 */
export async function proveSession(deps: Deps, actor: SignedIn, input: z.output<typeof ProveSession>): Promise<void> {
  const outside = visitor(actor.requestId, actor.address)
  const attempt = { ...actor, trusted: actor.sessionHandle }
  const { left, seconds } = await admitAttempt(deps, attempt)
  const account = await withTenant(deps, outside, (ctx) => findAccount(ctx, { id: actor.accountId }))
  if (!account) throw new DomainError('unauthenticated', 'errors.unauthenticated')
  const fits = account.hasFactor ? true : await verifyPassword(account.passwordHash, input.answer)
  const proved = await withTenant(deps, outside, async (ctx) => {
    const isRight = fits && (!account.hasFactor || (await useFactor(ctx, account.id, input.answer)) !== null)
    const entry = { objectKind: 'account', objectId: account.username, tenantId: account.tenantId }
    const asPerson = { ...ctx, actor }
    if (!isRight) {
      await recordAudit(asPerson, { ...entry, action: left === 0 ? 'session.lockout' : 'session.proveRefused' })
      return false
    }
    await markProved(ctx, actor.sessionHandle)
    await forgiveAttempts(ctx, attempt)
    await recordAudit(asPerson, { ...entry, action: 'session.prove' })
    return true
  })
  if (proved) return
  if (left === 0) throw tooMany('errors.accountLocked', seconds)
  const key = account.hasFactor ? 'errors.codeWrong' : 'errors.currentPasswordWrong'
  throw new DomainError('invalid', 'errors.invalid', {
    fields: [{ path: 'answer', key, params: { attemptsLeft: left } }],
  })
}

/** Password or code was just given in the session. */
async function markProved(ctx: TenantContext, sessionHandle: string): Promise<void> {
  await ctx.db.updateTable('auth.session').set({ proved_at: ctx.now }).where('id', '=', sessionHandle).execute()
}
