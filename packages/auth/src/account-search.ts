import { sql } from 'kysely'
import type { TenantContext } from '@gonglian/tenancy'
import type { AccountAttributes } from './adapter.ts'
import { hasFactor } from './factor.ts'

export type FoundAccount = AccountAttributes & {
  id: number
  passwordHash: string
  createdAt: Date
  isBodyClosed: boolean
}

/** An account with all that signing in asks about it; null: nobody has the name. */
export async function findAccount(
  ctx: TenantContext,
  wanted: { username: string } | { id: number },
): Promise<FoundAccount | null> {
  const query = ctx.db
    .selectFrom('auth.account')
    .selectAll()
    .select(sql<boolean>`auth.is_closed(tenant_id)`.as('is_body_closed'))
  const row = await (
    'id' in wanted ? query.where('id', '=', wanted.id) : query.where('username', '=', wanted.username)
  ).executeTakeFirst()
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
    isDemonstration: row.is_demonstration,
    hasFactor: await hasFactor(ctx, row.id),
    passwordChangedAt: row.password_changed_at,
    createdAt: row.created_at,
    isBodyClosed: row.is_body_closed,
  }
}
