import type { Role, TenantContext } from '@gonglian/tenancy'
import { addAccount } from './operator.ts'

/** The three administrators of a body, kept apart (三员分立), with the names their accounts have at first. */
const posts = [
  ['sysadmin', '系统管理员'],
  ['secadmin', '安全管理员'],
  ['auditadmin', '审计管理员'],
] as const satisfies readonly (readonly [Role, string])[]

export type FirstAccess = {
  readonly role: Role
  readonly username: string
  /** What lets the person in the first time, once. */
  readonly secret: string
}

/**
 * Makes the three administrators of a body, all or none. Each gets a first access that is told once.
 *
 * @throws DomainError conflict errors.usernameTaken when one of them is there already; forbidden unless the actor is the system
 */
export async function addAdministrators(
  ctx: TenantContext,
  body: { id: number; code: string },
): Promise<FirstAccess[]> {
  const given: FirstAccess[] = []
  for (const [role, displayName] of posts) {
    const username = `${body.code.toLowerCase()}-${role}`
    given.push({
      role,
      username,
      secret: await giveFirstAccess(ctx, { tenantId: body.id, username, displayName, role }),
    })
  }
  return given
}

/** Makes one account and its first access: a random password that must be changed. */
async function giveFirstAccess(
  ctx: TenantContext,
  account: { tenantId: number; username: string; displayName: string; role: Role },
): Promise<string> {
  const { role, ...rest } = account
  return (await addAccount(ctx, { ...rest, roles: [role] })).password
}
