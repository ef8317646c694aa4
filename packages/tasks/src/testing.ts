import { systemActor, withTenant, type Deps, type Locale, type Role, type UserActor } from '@gonglian/tenancy'
import { aUser } from '@gonglian/tenancy/testing'

/** A person with an account of a body. */
export async function aPerson(
  deps: Deps,
  tenantId: number,
  username: string,
  options: { role?: Role; locale?: Locale } = {},
): Promise<UserActor> {
  const { role = 'officer', locale = 'zh-CN' } = options
  const { id } = await withTenant(deps, systemActor('test', tenantId), (ctx) =>
    ctx.db
      .insertInto('auth.account')
      .values({
        tenant_id: tenantId,
        username,
        display_name: username,
        password_hash: 'no password opens it',
        status: 'active',
        locale,
        created_at: ctx.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  return { ...aUser(tenantId, role), accountId: id, username, locale }
}
