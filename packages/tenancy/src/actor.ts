import { administrators, type Role } from './permissions.ts'

export type Locale = 'zh-CN' | 'en'

/** Who acts. A value handed from function to function; nothing reads it from the air. */
export type Actor = UserActor | SystemActor | VisitorActor

export type UserActor = {
  readonly kind: 'user'
  readonly accountId: number
  readonly username: string
  readonly displayName: string
  readonly tenantId: number
  readonly roles: readonly Role[]
  readonly locale: Locale
  /** Gave password or code in this session within the last minutes; what weighs much asks for it (requireFreshProof). */
  readonly isProved: boolean
  readonly requestId: string
  readonly address: string
}

/** Worker, operator's command, loader: acts for a body and everything below it. `name` goes into the audit trail. */
export type SystemActor = {
  readonly kind: 'system'
  readonly name: string
  readonly tenantId: number
  readonly roles: readonly Role[]
  readonly requestId: string
  readonly address: string
}

/** Somebody at the door: may try to sign in, sees nothing. */
export type VisitorActor = {
  readonly kind: 'visitor'
  readonly tenantId: 0
  readonly roles: readonly Role[]
  readonly requestId: string
  readonly address: string
}

export function systemActor(name: string, tenantId: number): SystemActor {
  return { kind: 'system', name, tenantId, roles: [], requestId: '', address: '' }
}

export function visitor(requestId: string, address: string): VisitorActor {
  return { kind: 'visitor', tenantId: 0, roles: [], requestId, address }
}

export type Reach = 'business' | 'administration' | 'system' | 'structure' | 'sign_in'

/** What row-level security lets the actor touch. An administrator reaches no business row whatever the code asks for. */
export function reachOf(actor: Actor): Reach {
  if (actor.kind === 'system') return 'system'
  if (actor.kind === 'visitor') return 'sign_in'
  const isAdministrator = actor.roles.some((role) => administrators.some((kind) => kind === role))
  return isAdministrator || actor.roles.length === 0 ? 'administration' : 'business'
}

/** The name under which an act is recorded. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'user') return actor.username
  return actor.kind === 'system' ? `system:${actor.name}` : 'visitor'
}
