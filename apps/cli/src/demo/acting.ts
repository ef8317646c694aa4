import { withTenant, type Deps, type Role, type TenantContext, type UserActor } from '@gonglian/tenancy'

const dayMs = 86_400_000

/** The account of the demonstration with this role, as somebody signed in. */
export const personOf = (ids: ReadonlyMap<string, number>, code: string, role: Role): UserActor => ({
  kind: 'user',
  accountId: 0,
  username: `${code}-${role}`,
  displayName: '',
  tenantId: ids.get(code) ?? 0,
  roles: [role],
  locale: 'zh-CN',
  isProved: true,
  requestId: '',
  address: '',
})

/** The same on an earlier day. */
export const daysBefore = (deps: Deps, days: number): Deps => {
  const at = new Date(deps.clock().getTime() - days * dayMs)
  return { ...deps, clock: () => at }
}

/** Work of somebody in a body, so many days ago. */
export type Acting = <T>(
  code: string,
  role: Role,
  daysAgo: number,
  work: (ctx: TenantContext) => Promise<T>,
) => Promise<T>

/** Who proposes is never who decides: each acts under an account of their own. */
export function actingIn(deps: Deps, ids: ReadonlyMap<string, number>): Acting {
  return (code, role, daysAgo, work) => withTenant(daysBefore(deps, daysAgo), personOf(ids, code, role), work)
}
