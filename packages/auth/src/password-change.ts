import { z } from 'zod'
import { DomainError, found, recordAudit, visitor, withTenant, type Deps } from '@gonglian/tenancy'
import { admitAttempt, forgiveAttempts, tooMany } from './attempts.ts'
import { keepOldPassword, readOldPasswords, requireUnused } from './old-passwords.ts'
import { readerOf } from './body-reader.ts'
import { listKnownWords } from './password-strength.ts'
import { hashPassword, requireGoodPassword, verifyPassword } from './passwords.ts'
import type { SignedIn } from './sessions.ts'

export const ChangePassword = z.object({ current: z.string().max(1000), password: z.string().max(1000) })

/**
 * Changes one's own password and ends one's other sessions. The present password is asked for and its failures count like
 * those of a sign-in, for this session: who finds an open session cannot guess on.
 *
 * @throws DomainError invalid with the fields `current` or `password`; too_many errors.accountLocked
 */
export async function changePassword(
  deps: Deps,
  actor: SignedIn,
  input: z.output<typeof ChangePassword>,
): Promise<void> {
  // Whoever still has a first password has no role, and may not read the names.
  const words = await withTenant(deps, readerOf(actor.tenantId), (ctx) => listKnownWords(ctx, actor))
  requireGoodPassword(input.password, actor.username, { words })
  if (input.password === input.current) {
    throw new DomainError('invalid', 'errors.invalid', { fields: [{ path: 'password', key: 'errors.passwordSame' }] })
  }
  const attempt = { ...actor, trusted: actor.sessionHandle }
  const { left, seconds } = await admitAttempt(deps, attempt)
  const account = await withTenant(deps, actor, async (ctx) =>
    found(
      await ctx.db
        .selectFrom('auth.account')
        .select('password_hash')
        .where('id', '=', actor.accountId)
        .executeTakeFirst(),
    ),
  )
  const entry = { objectKind: 'account', objectId: actor.username }
  if (!(await verifyPassword(account.password_hash, input.current))) {
    await withTenant(deps, actor, (ctx) =>
      recordAudit(ctx, { ...entry, action: left === 0 ? 'session.lockout' : 'account.changePasswordRefused' }),
    )
    if (left === 0) throw tooMany('errors.accountLocked', seconds)
    throw new DomainError('invalid', 'errors.invalid', {
      fields: [{ path: 'current', key: 'errors.currentPasswordWrong', params: { attemptsLeft: left } }],
    })
  }
  await requireUnused(await withTenant(deps, actor, (ctx) => readOldPasswords(ctx, actor.accountId)), input.password)
  const passwordHash = await hashPassword(input.password)
  await withTenant(deps, actor, async (ctx) => {
    const changed = await ctx.db
      .updateTable('auth.account')
      .set({ password_hash: passwordHash, must_change_password: false, password_changed_at: ctx.now })
      .where('id', '=', actor.accountId)
      // Changed meanwhile by somebody else: what was just verified no longer holds.
      .where('password_hash', '=', account.password_hash)
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) throw new DomainError('conflict', 'errors.conflict')
    await keepOldPassword(ctx, { id: actor.accountId, tenantId: actor.tenantId, passwordHash: account.password_hash })
    await ctx.db
      .deleteFrom('auth.session')
      .where('account_id', '=', actor.accountId)
      .where('id', '<>', actor.sessionHandle)
      .execute()
    await recordAudit(ctx, { ...entry, action: 'account.changePassword' })
  })
  await withTenant(deps, visitor(actor.requestId, actor.address), (ctx) => forgiveAttempts(ctx, attempt))
}
