import { DomainError, type TenantContext } from '@gonglian/tenancy'
import { verifyPassword } from './passwords.ts'

/** Passwords that are not taken again, the present one included (handbook 15). */
const remembered = 5

/** The hashes of the passwords an account had, the last first, the present one left out. */
export async function readOldPasswords(ctx: TenantContext, accountId: number): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('auth.old_password')
    .select('password_hash')
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(remembered - 1)
    .execute()
  return rows.map((row) => row.password_hash)
}

/**
 * Outside a transaction: each comparison is slow on purpose.
 *
 * @throws DomainError invalid errors.passwordUsed at `password`
 */
export async function requireUnused(hashes: readonly string[], password: string): Promise<void> {
  for (const hash of hashes) {
    if (await verifyPassword(hash, password)) {
      const field = { path: 'password', key: 'errors.passwordUsed', params: { count: remembered } }
      throw new DomainError('invalid', 'errors.invalid', { fields: [field] })
    }
  }
}

/** Remembers the password that is being replaced; older ones are forgotten. */
export async function keepOldPassword(
  ctx: TenantContext,
  account: { id: number; tenantId: number; passwordHash: string },
): Promise<void> {
  await ctx.db
    .insertInto('auth.old_password')
    .values({ account_id: account.id, tenant_id: account.tenantId, password_hash: account.passwordHash })
    .execute()
  const kept = ctx.db
    .selectFrom('auth.old_password')
    .select('id')
    .where('account_id', '=', account.id)
    .orderBy('id', 'desc')
    .limit(remembered - 1)
  await ctx.db
    .deleteFrom('auth.old_password')
    .where('account_id', '=', account.id)
    .where('id', 'not in', kept)
    .execute()
}
