import { DomainError } from './error.ts'

/** Roles inside one body (handbook 2.5). The last three are the administrators who are kept apart and see no business data. */
export const roles = [
  'leader',
  'officer',
  'reviewer',
  'finance',
  'auditor',
  'sysadmin',
  'secadmin',
  'auditadmin',
] as const
export type Role = (typeof roles)[number]

export const administrators = ['sysadmin', 'secadmin', 'auditadmin'] as const satisfies readonly Role[]

const business = ['leader', 'officer', 'reviewer', 'finance', 'auditor'] as const
const office = ['leader', 'officer', 'reviewer'] as const
const everyone = roles

/**
 * Who may do what: the one table; here the lines of the platform, to which each domain adds its own (`addPermissions`).
 * Row-level security decides on which rows; this decides who inside the body. Appendix A of the handbook gives the roles for the
 * moves of the governing loop.
 */
const platform = {
  'federation:read': everyone,
  // A change of the tree changes totals, which administrators do not see: an officer prepares it, a leader decides.
  'federation:prepare': ['officer', 'leader'],
  'federation:reorganise': ['leader'],
  'account:read': ['sysadmin', 'secadmin'],
  'account:create': ['sysadmin'],
  'account:disable': ['sysadmin'],
  'account:unlock': ['sysadmin', 'secadmin'],
  'role:grant': ['secadmin'],
  'session:end': ['secadmin'],
  'audit:read': ['auditadmin'],
  'queue:read': ['sysadmin'],
  'queue:retry': ['sysadmin'],
  'channel:read': ['sysadmin'],
  'channel:set': ['sysadmin'],
  'indicator:read': [...business, 'secadmin'],
  'indicator:define': ['officer'],
  'form:read': [...business, 'secadmin'],
  'form:define': ['officer'],
  'parameter:read': [...business, 'secadmin'],
  'parameter:change': ['leader'],
  'target:read': business,
  'target:draft': ['officer', 'leader'],
  'target:issue': ['leader'],
  'target:accept': ['leader'],
  'target:dispute': ['leader'],
  'target:settle': ['leader'],
  'target:sign': ['leader'],
  'target:amend': ['leader'],
  'report:read': business,
  'report:fill': ['officer', 'leader'],
  'report:submit': ['officer', 'leader'],
  'report:review': ['reviewer', 'leader'],
  'report:correct': ['officer', 'leader'],
  'rollup:read': business,
  'progress:read': business,
  'opening:read': ['leader', 'officer'],
  // Attachments; the kind of a file may ask for more.
  'file:read': business,
  'file:write': ['officer', 'leader'],
  // Approval by the next level: an officer of the applicant applies, an officer of the superior proposes, a leader there decides.
  'approval:read': business,
  'approval:apply': ['officer', 'leader'],
  'approval:propose': ['officer', 'leader'],
  'approval:decide': ['leader'],
  'urge:send': office,
  'urge:read': business,
} as const satisfies Record<string, readonly Role[]>

type PlatformPermissions = typeof platform

/** The names there are. A domain adds its own: `declare module '@gonglian/tenancy/permissions'`, beside `addPermissions`. */
export interface Permissions extends PlatformPermissions {}

export type Permission = keyof Permissions

const table = new Map<string, readonly Role[]>(Object.entries(platform))

/**
 * Adds the lines of a domain, once, when its package is loaded. What no line allows is refused, so a package that was not loaded
 * opens nothing.
 *
 * @throws Error a permission that another package has defined
 */
export function addPermissions(lines: Readonly<Record<string, readonly Role[]>>): void {
  for (const [name, allowed] of Object.entries(lines)) {
    // The same line again is the same package, loaded twice.
    const before = table.get(name)
    if (before !== undefined && before.join() !== allowed.join())
      throw new Error(`The permission ${name} is defined twice.`)
    table.set(name, allowed)
  }
}

function isPermission(name: string): name is Permission {
  return table.has(name)
}

/** Every permission of the platform and of the domains that were loaded. */
export function listPermissions(): Permission[] {
  return [...table.keys()].filter(isPermission)
}

/** Who is allowed. */
export function listAllowed(permission: Permission): readonly Role[] {
  return table.get(permission) ?? []
}

export function mayDo(roles: readonly Role[], permission: Permission): boolean {
  const allowed = listAllowed(permission)
  return roles.some((role) => allowed.includes(role))
}

/**
 * First line of every domain function.
 *
 * @throws DomainError forbidden
 */
export function requirePermission(
  ctx: { actor: { kind: string; roles: readonly Role[] } },
  permission: Permission,
): void {
  if (ctx.actor.kind === 'system') return
  if (!mayDo(ctx.actor.roles, permission)) {
    throw new DomainError('forbidden', 'errors.forbidden', { params: { permission } })
  }
}

/**
 * Second line of a function that signs, awards, opens personal fields, exports, changes parameters or grants roles: whoever asks has
 * given password or code within the last ten minutes of this session. The pages ask for it and repeat the act.
 *
 * @throws DomainError forbidden errors.proofNeeded
 */
export function requireFreshProof(ctx: { actor: { kind: string; isProved?: boolean } }): void {
  if (ctx.actor.kind === 'system') return
  if (ctx.actor.isProved !== true) throw new DomainError('forbidden', 'errors.proofNeeded')
}
