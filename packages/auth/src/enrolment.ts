import { drawCode, type DrawnCode } from '@gonglian/documents/codes'
import { z } from 'zod'
import { DomainError, recordAudit, requireFreshProof, type TenantContext } from '@gonglian/tenancy'
import {
  countRecoveryCodes,
  findStep,
  hasFactor,
  inventKey,
  renewRecoveryCodes,
  sealKey,
  writeKeyUri,
} from './factor.ts'
import { requireUser } from './sessions.ts'

export type FactorState = {
  readonly confirmedAt: Date | null
  readonly recoveryCodesLeft: number
}

/** One's own second factor, as far as it may be shown. */
export async function readFactor(ctx: TenantContext): Promise<FactorState> {
  const me = requireUser(ctx)
  const row = await ctx.db
    .selectFrom('auth.factor')
    .select('confirmed_at')
    .where('account_id', '=', me.accountId)
    .executeTakeFirst()
  return { confirmedAt: row?.confirmed_at ?? null, recoveryCodesLeft: await countRecoveryCodes(ctx, me.accountId) }
}

export type Enrolment = {
  /** For typing it in: groups of four. */
  readonly key: string
  readonly uri: string
  readonly picture: DrawnCode
}

/**
 * Invents a key for one's authenticator. It takes effect when a code of it is confirmed; until then the factor before stays.
 *
 * @throws DomainError forbidden errors.proofNeeded
 */
export async function beginEnrolment(ctx: TenantContext): Promise<Enrolment> {
  const me = requireUser(ctx)
  requireFreshProof(ctx)
  const key = inventKey()
  const pending = sealKey(ctx.vault, key)
  await ctx.db
    .insertInto('auth.factor')
    .values({ account_id: me.accountId, tenant_id: me.tenantId, pending })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ pending }))
    .execute()
  const uri = writeKeyUri(key, me.username)
  return { key: key.replaceAll(/(.{4})(?=.)/g, '$1 '), uri, picture: drawCode(uri) }
}

export const ConfirmEnrolment = z.object({ code: z.string().max(20) })

/**
 * The first code of the new key: from now on the account is signed in to with both. Returns ten recovery codes, told this once.
 *
 * @throws DomainError invalid with the field `code`; forbidden errors.proofNeeded
 */
export async function confirmEnrolment(
  ctx: TenantContext,
  input: z.output<typeof ConfirmEnrolment>,
  sessionHandle: string,
): Promise<{ recoveryCodes: string[] }> {
  const me = requireUser(ctx)
  requireFreshProof(ctx)
  const row = await ctx.db
    .selectFrom('auth.factor')
    .select(['pending', 'confirmed_at'])
    .where('account_id', '=', me.accountId)
    .forUpdate()
    .executeTakeFirst()
  const code = input.code.normalize('NFKC').replaceAll(/\s/g, '')
  const step = row?.pending && /^\d{6}$/.test(code) ? findStep(ctx.vault, row.pending, code, ctx.now, 0) : null
  if (!row?.pending || step === null) {
    throw new DomainError('invalid', 'errors.invalid', { fields: [{ path: 'code', key: 'errors.codeWrong' }] })
  }
  await ctx.db
    .updateTable('auth.factor')
    .set({ secret: row.pending, pending: null, confirmed_at: ctx.now, last_step: step })
    .where('account_id', '=', me.accountId)
    .execute()
  // Whoever is signed in elsewhere has not shown the new factor.
  await ctx.db
    .deleteFrom('auth.session')
    .where('account_id', '=', me.accountId)
    .where('id', '<>', sessionHandle)
    .execute()
  await recordAudit(ctx, {
    action: row.confirmed_at === null ? 'factor.enrol' : 'factor.replace',
    objectKind: 'account',
    objectId: me.username,
  })
  return { recoveryCodes: await renewRecoveryCodes(ctx, me) }
}

/**
 * Ten new recovery codes in place of the old ones.
 *
 * @throws DomainError conflict errors.factorMissing; forbidden errors.proofNeeded
 */
export async function replaceRecoveryCodes(ctx: TenantContext): Promise<{ recoveryCodes: string[] }> {
  const me = requireUser(ctx)
  requireFreshProof(ctx)
  if (!(await hasFactor(ctx, me.accountId))) throw new DomainError('conflict', 'errors.factorMissing')
  const recoveryCodes = await renewRecoveryCodes(ctx, me)
  await recordAudit(ctx, { action: 'factor.recoveryCodes', objectKind: 'account', objectId: me.username })
  return { recoveryCodes }
}
