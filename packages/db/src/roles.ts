import { createHash, createHmac } from 'node:crypto'

/** Holds the privileges; the login role of an installation is a member of it. */
export const plainRole = 'gonglian_plain'

/** The login role of one installation and its password, both derived from the installation's secret. */
export function appRole(secret: string): { name: string; password: string } {
  return {
    name: `gonglian_app_${createHash('sha256').update(secret).digest('hex').slice(0, 10)}`,
    password: createHmac('sha256', secret).update('database password of the application role').digest('base64url'),
  }
}

/** The same database, reached as the plain application role, which owns nothing and cannot bypass row-level security. */
export function appDatabaseUrl(databaseUrl: string, secret: string): string {
  const url = new URL(databaseUrl)
  const role = appRole(secret)
  url.username = role.name
  url.password = role.password
  return url.toString()
}
