import { mayDo, roles, type Permission, type TenantContext } from '@gonglian/tenancy'

export type Colleague = { readonly username: string; readonly displayName: string }

/** The active accounts of the acting body that may do something, by name: whom a committee can be picked from. */
export async function listColleagues(ctx: TenantContext, permission: Permission): Promise<Colleague[]> {
  return ctx.db
    .selectFrom('auth.account as a')
    .innerJoin('auth.account_role as r', 'r.account_id', 'a.id')
    .select(['a.username', 'a.display_name as displayName'])
    .distinct()
    .where('a.tenant_id', '=', ctx.tenantId)
    .where('a.status', '=', 'active')
    .where(
      'r.role',
      'in',
      roles.filter((role) => mayDo([role], permission)),
    )
    .orderBy('displayName')
    .orderBy('username')
    .execute()
}
