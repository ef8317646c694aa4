import type { Role, TenantContext } from '@gonglian/tenancy'
import { createOneTimeLink } from './one-time-links.ts'
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
  /** The path of the page where the person sets a password, once. */
  readonly path: string
}

/**
 * Makes the three administrators of a body, all or none. Each gets a link that works once, for 24 hours.
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
      path: await giveFirstAccess(ctx, { tenantId: body.id, username, displayName, role }),
    })
  }
  return given
}

/** Makes one account and its first access: the path of a page where the person sets a password, once and for 24 hours. */
async function giveFirstAccess(
  ctx: TenantContext,
  account: { tenantId: number; username: string; displayName: string; role: Role },
): Promise<string> {
  const { role, ...rest } = account
  await addAccount(ctx, { ...rest, roles: [role] })
  return (await createOneTimeLink(ctx, { username: account.username, purpose: 'first' })).path
}
