import { systemActor, withTenant, type Deps, type Role } from '@gonglian/tenancy'
import { addDemonstrationAccounts } from './operator.ts'
import { signIn } from './sign-in.ts'
import type { SignedIn } from './sessions.ts'

export { writeCode } from './factor.ts'

export const testPassword = 'Corn-4711-field'

/** An effective account of a body; its password is `testPassword`. */
export async function anAccount(deps: Deps, tenantId: number, username: string, ...roles: Role[]): Promise<string> {
  await withTenant(deps, systemActor('test', tenantId), (ctx) =>
    addDemonstrationAccounts(ctx, [{ tenantId, username, displayName: '测试员', roles }], testPassword),
  )
  return username
}

/** An effective account of a body with an open session. */
export async function aSession(
  deps: Deps,
  tenantId: number,
  username: string,
  ...roles: Role[]
): Promise<{ sessionId: string; actor: SignedIn }> {
  await anAccount(deps, tenantId, username, ...roles)
  return signIn(deps, { username, password: testPassword, requestId: 'test', address: '', agent: 'test' })
}
