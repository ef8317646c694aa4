import { createHash, createHmac } from 'node:crypto'

/** Holds the privileges that every login of an application needs; nobody signs in as this role. */
export const plainRole = 'gonglian_plain'
/** Whose members may act as the system (worker, operator): the whole subtree of a federation, not one federation's own rows. */
export const systemRole = 'gonglian_system'
/** Owns the SECURITY DEFINER functions. No superuser, owns no table, nobody signs in as this role. */
export const definerRole = 'gonglian_definer'

/** Each kind of process signs in under a name of its own: the web, which faces strangers, can't act as the system. */
export const loginPurposes = ['web', 'worker', 'operator'] as const
export type LoginPurpose = (typeof loginPurposes)[number]
export type Login = { readonly name: string; readonly password: string; readonly memberOf: string }

/**
 * The login role of one kind of process. Its password derives from the owner's password as well as from the installation's
 * secret: the web process knows the secret (it seals personal fields), but not the password of the worker's login.
 */
export function deriveLogin(ownerUrl: string, secret: string, purpose: LoginPurpose): Login {
  const key = `${secret}\n${decodeURIComponent(new URL(ownerUrl).password)}`
  return {
    name: `gonglian_${purpose}_${createHash('sha256').update(secret).digest('hex').slice(0, 10)}`,
    password: createHmac('sha256', key).update(`database password of the ${purpose} login`).digest('base64url'),
    memberOf: purpose === 'web' ? plainRole : systemRole,
  }
}

/** The same database, reached as one of the logins, which own nothing and can't bypass row-level security. */
export function loginUrl(ownerUrl: string, secret: string, purpose: LoginPurpose): string {
  const url = new URL(ownerUrl)
  const login = deriveLogin(ownerUrl, secret, purpose)
  url.username = login.name
  url.password = login.password
  return url.toString()
}
