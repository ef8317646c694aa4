import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { TenantContext, Vault } from '@gonglian/tenancy'

const periodSeconds = 30
/** Of the clock of a phone, in time steps. */
const tolerance = 1
/** The field the keys of authenticators are sealed for. */
export const sealedAs = 'auth.factor'
const recoveryCodes = 10
// Without letters and digits that are read for one another.
const recoveryAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A fresh key of 160 bits, as text for typing it in. */
export function inventKey(): string {
  return new Secret({ size: 20 }).base32
}

/** What the QR code says to an authenticator. */
export function writeKeyUri(key: string, username: string): string {
  return new TOTP({ issuer: 'Gonglian', label: username, secret: Secret.fromBase32(key) }).toString()
}

export function sealKey(vault: Vault, key: string): Buffer {
  return vault.seal(sealedAs, key)
}

/** The code of a key at a time. Tests and phones ask for it. */
export function writeCode(key: string, at: Date): string {
  return TOTP.generate({ secret: Secret.fromBase32(key), timestamp: at.getTime() })
}

/** The time step a code belongs to, or null: wrong, too old, or taken before. */
export function findStep(vault: Vault, sealed: Uint8Array, code: string, at: Date, lastStep: number): number | null {
  const secret = Secret.fromBase32(vault.open(sealedAs, sealed))
  const delta = TOTP.validate({ token: code, secret, timestamp: at.getTime(), window: tolerance })
  if (delta === null) return null
  const step = Math.floor(at.getTime() / 1000 / periodSeconds) + delta
  return step > lastStep ? step : null
}

/** Codes of ten characters, "K7PMW-48HTZ". */
export function inventRecoveryCodes(): string[] {
  const pick = () =>
    Array.from({ length: 5 }, () => recoveryAlphabet.charAt(randomInt(recoveryAlphabet.length))).join('')
  return Array.from({ length: recoveryCodes }, () => `${pick()}-${pick()}`)
}

function normalise(code: string): string {
  return code
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
}

/** What is kept of a code that somebody types: of no use without the secret of the installation. */
export function hashCode(vault: Vault, accountId: number, code: string): Buffer {
  return vault.fingerprint('auth.code', `${accountId} ${normalise(code)}`)
}

/** Whether the account has a confirmed second factor. */
export async function hasFactor(ctx: TenantContext, accountId: number): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('auth.factor')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

export type UsedFactor = { by: 'code' } | { by: 'recovery'; left: number }

/**
 * Takes a code of the authenticator or one of the recovery codes. Each is taken once: two who send the same code at the same moment
 * wait for each other, and the second is refused. Null: it does not fit.
 */
export async function useFactor(ctx: TenantContext, accountId: number, code: string): Promise<UsedFactor | null> {
  const factor = await ctx.db
    .selectFrom('auth.factor')
    .select(['secret', 'last_step'])
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!factor?.secret) return null
  const digits = code.normalize('NFKC').replaceAll(/\s/g, '')
  if (/^\d{6}$/.test(digits)) {
    const step = findStep(ctx.vault, factor.secret, digits, ctx.now, factor.last_step)
    if (step === null) return null
    await ctx.db.updateTable('auth.factor').set({ last_step: step }).where('account_id', '=', accountId).execute()
    return { by: 'code' }
  }
  const used = await ctx.db
    .updateTable('auth.recovery_code')
    .set({ used_at: ctx.now })
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hashCode(ctx.vault, accountId, code))
    .where('used_at', 'is', null)
    .returning('code_hash')
    .executeTakeFirst()
  return used ? { by: 'recovery', left: await countRecoveryCodes(ctx, accountId) } : null
}

/** How many recovery codes are left. */
export async function countRecoveryCodes(ctx: TenantContext, accountId: number): Promise<number> {
  const { count } = await ctx.db
    .selectFrom('auth.recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** New recovery codes, told this once; the old ones are void. */
export async function renewRecoveryCodes(
  ctx: TenantContext,
  account: { accountId: number; tenantId: number },
): Promise<string[]> {
  const codes = inventRecoveryCodes()
  await ctx.db.deleteFrom('auth.recovery_code').where('account_id', '=', account.accountId).execute()
  await ctx.db
    .insertInto('auth.recovery_code')
    .values(
      codes.map((code) => ({
        account_id: account.accountId,
        tenant_id: account.tenantId,
        code_hash: hashCode(ctx.vault, account.accountId, code),
      })),
    )
    .execute()
  return codes
}

/** Takes the second factor away, with its recovery codes. True when there was one. */
export async function dropFactor(ctx: TenantContext, accountId: number): Promise<boolean> {
  await ctx.db.deleteFrom('auth.recovery_code').where('account_id', '=', accountId).execute()
  const gone = await ctx.db.deleteFrom('auth.factor').where('account_id', '=', accountId).executeTakeFirst()
  return gone.numDeletedRows > 0n
}
