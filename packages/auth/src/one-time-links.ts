import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import {
  DomainError,
  actorName,
  found,
  recordAudit,
  visitor,
  withTenant,
  type Deps,
  type TenantContext,
} from '@gonglian/tenancy'
import { findAccount, type FoundAccount } from './account-search.ts'
import { admitAttempt, forgiveAttempts, tooMany } from './attempts.ts'
import { forgetDevices } from './devices.ts'
import { hashCode } from './factor.ts'
import { keepOldPassword, readOldPasswords, requireUnused } from './old-passwords.ts'
import { readerOf } from './body-reader.ts'
import { listKnownWords } from './password-strength.ts'
import { hashPassword, leastLength, requireGoodPassword } from './passwords.ts'

export type LinkPurpose = 'first' | 'reset' | 'factor'

/** A request waits so long for the second administrator, and a link so long for its person. */
export const linkHours = 24

export function inventToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the table keeps of a link. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Where the person goes with a link. */
export function welcomePath(token: string): string {
  return `/welcome/${token}`
}

/** The operator's link for the first administrators of a body: it works alone, once, for a day. */
export async function createOneTimeLink(
  ctx: TenantContext,
  input: { username: string; purpose: 'first' | 'reset' },
): Promise<{ path: string; expiresAt: Date }> {
  if (ctx.actor.kind !== 'system')
    throw new DomainError('forbidden', 'errors.forbidden', { params: { permission: 'account:create' } })
  const account = found(await findAccount(ctx, { username: input.username }), 'errors.accountNotFound')
  const token = inventToken()
  const expiresAt = new Date(ctx.now.getTime() + linkHours * 3_600_000)
  await ctx.db
    .deleteFrom('auth.one_time_link')
    .where('account_id', '=', account.id)
    .where('used_at', 'is', null)
    .execute()
  await ctx.db
    .insertInto('auth.one_time_link')
    .values({
      account_id: account.id,
      tenant_id: account.tenantId,
      purpose: input.purpose,
      token_hash: hashToken(token),
      requested_by: actorName(ctx.actor),
      confirmed_by: actorName(ctx.actor),
      expires_at: expiresAt,
    })
    .execute()
  await recordAudit(ctx, {
    action: 'account.linkCreated',
    objectKind: 'account',
    objectId: account.username,
    after: { purpose: input.purpose },
    tenantId: account.tenantId,
  })
  return { path: welcomePath(token), expiresAt }
}

export const OpenLink = z.object({ token: z.string().max(200) })
export const RedeemLink = OpenLink.extend({
  code: z.string().max(40).default(''),
  password: z.string().max(1000),
  requestId: z.string(),
  address: z.string().max(100),
})

export type Link = {
  readonly username: string
  readonly purpose: LinkPurpose
  readonly needsCode: boolean
  /** Of the password that is to be set. */
  readonly leastLength: number
}

async function findLink(ctx: TenantContext, token: string) {
  const row = await ctx.db
    .selectFrom('auth.one_time_link')
    .selectAll()
    .where('token_hash', '=', hashToken(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .executeTakeFirst()
  return found(row, 'errors.linkVoid')
}

/**
 * What a link is for, before it is used.
 *
 * @throws DomainError not_found errors.linkVoid: used, expired, replaced or never made
 */
export function openLink(
  deps: Deps,
  input: z.output<typeof OpenLink> & { requestId: string; address: string },
): Promise<Link> {
  return withTenant(deps, visitor(input.requestId, input.address), async (ctx) => {
    const link = await findLink(ctx, input.token)
    const account = found(await findAccount(ctx, { id: link.account_id }), 'errors.linkVoid')
    return {
      username: account.username,
      purpose: link.purpose === 'first' ? 'first' : 'reset',
      needsCode: link.code_hash !== null,
      leastLength,
    }
  })
}

/**
 * The person sets a password of their own with link and code. Sessions and known devices end; the account takes effect. Wrong codes count
 * like wrong passwords.
 *
 * @throws DomainError not_found errors.linkVoid; invalid with the fields `code` or `password`; too_many errors.accountLocked
 */
export async function redeemOneTimeLink(deps: Deps, input: z.output<typeof RedeemLink>): Promise<{ username: string }> {
  const outside = visitor(input.requestId, input.address)
  const { link, account, old } = await withTenant(deps, outside, async (ctx) => {
    const link = await findLink(ctx, input.token)
    const account = found(await findAccount(ctx, { id: link.account_id }), 'errors.linkVoid')
    return { link, account, old: await readOldPasswords(ctx, account.id) }
  })
  const words = await withTenant(deps, readerOf(account.tenantId), (ctx) => listKnownWords(ctx, account))
  requireGoodPassword(input.password, account.username, { words })
  const attempt = { username: account.username, ...input, trusted: `link:${link.id}` }
  const { left, seconds } = await admitAttempt(deps, attempt)
  const given = hashCode(deps.vault, account.id, input.code)
  if (link.code_hash !== null && !given.equals(link.code_hash)) {
    await withTenant(deps, outside, (ctx) => recordRedemption(ctx, account, 'account.linkRefused'))
    if (left === 0) throw tooMany('errors.accountLocked', seconds)
    const field = { path: 'code', key: 'errors.linkCodeWrong', params: { attemptsLeft: left } }
    throw new DomainError('invalid', 'errors.invalid', { fields: [field] })
  }
  await withTenant(deps, outside, (ctx) => forgiveAttempts(ctx, attempt))
  await requireUnused([account.passwordHash, ...old], input.password)
  const passwordHash = await hashPassword(input.password)
  await withTenant(deps, outside, async (ctx) => {
    const { rows } = await sql<{ id: number | null }>`
      select auth.redeem_link(${input.token}, ${account.passwordHash}, ${passwordHash}) as id`.execute(ctx.db)
    if (rows[0]?.id !== account.id) throw new DomainError('not_found', 'errors.linkVoid')
    await keepOldPassword(ctx, account)
    await forgetDevices(ctx, account.id)
    await ctx.db.deleteFrom('auth.session').where('account_id', '=', account.id).execute()
    await recordRedemption(ctx, account, 'account.linkRedeemed')
  })
  return { username: account.username }
}

async function recordRedemption(
  ctx: TenantContext,
  account: FoundAccount,
  action: 'account.linkRefused' | 'account.linkRedeemed',
): Promise<void> {
  await recordAudit(ctx, { action, objectKind: 'account', objectId: account.username, tenantId: account.tenantId })
}
