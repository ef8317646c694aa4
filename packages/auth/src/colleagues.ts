import { administrators, type TenantContext } from '@gonglian/tenancy'

/** Which of these user names are active accounts of the acting body that see its business: administrators don't. */
export async function findColleagues(ctx: TenantContext, usernames: readonly string[]): Promise<ReadonlySet<string>> {
  if (usernames.length === 0) return new Set()
  const accounts = await ctx.db
    .selectFrom('auth.account as a')
    .innerJoin('auth.account_role as r', 'r.account_id', 'a.id')
    .select('a.username')
    .distinct()
    .where('a.tenant_id', '=', ctx.tenantId)
    .where('a.status', '=', 'active')
    .where('a.username', 'in', [...usernames])
    .where('r.role', 'not in', [...administrators])
    .execute()
  return new Set(accounts.map(({ username }) => username))
}
