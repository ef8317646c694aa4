import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Lucia, TimeSpan, type Adapter, type DatabaseSession, type DatabaseUser } from 'lucia'
import type { Locale, Role, TenantContext } from '@gonglian/tenancy'

/** waiting: made or renewed by the system administrator, not yet agreed to by the security administrator. */
export type AccountStatus = 'waiting' | 'active' | 'disabled'

export type AccountAttributes = {
  username: string
  displayName: string
  tenantId: number
  status: AccountStatus
  mustChangePassword: boolean
  locale: Locale
  roles: Role[]
  isDemonstration: boolean
  hasFactor: boolean
  /** Null: as old as the account. */
  passwordChangedAt: Date | null
}
type SessionAttributes = {
  tenantId: number
  address: string
  agent: string
  seenAt: Date
  /** When password or code was last given in it. */
  provedAt: Date | null
  /** What the body's rule asked for when it began. */
  factorRequired: boolean
  passwordExpired: boolean
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, AccountAttributes>
    UserId: number
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: AccountAttributes
  }
}

export const idleMinutes = 30
export const absoluteHours = 12

/** What the table keeps of a session id, and what may be shown of it: nobody signs in with it. */
export function sessionHandle(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex')
}

/**
 * Lucia's view of auth.session and auth.account inside one transaction. Only the hash of a session id is stored.
 * Lucia reads the machine's clock, everything else the context's: the difference is added where times pass through.
 *
 * @param renew false: looking at a session does not prolong it
 */
function createAdapter(ctx: TenantContext, renew = true): Adapter {
  const difference = Date.now() - ctx.now.getTime()
  const toLucia = (at: Date) => new Date(at.getTime() + difference)
  const fromLucia = (at: Date) => new Date(at.getTime() - difference)
  return {
    async getSessionAndUser(sessionId) {
      // One key look-up in auth.session, one in auth.account, the roles by their index.
      const { rows } = await sql<SessionRow>`
        select s.account_id, s.tenant_id, s.expires_at, s.seen_at, s.address, s.agent, s.proved_at, s.factor_required,
          s.password_expired and coalesce(a.password_changed_at, a.created_at) < s.created_at as password_expired,
          a.username, a.display_name, a.status, a.must_change_password, a.locale, a.is_demonstration, a.password_changed_at,
          exists (select 1 from auth.factor f where f.account_id = a.id and f.confirmed_at is not null) as has_factor,
          array(select r.role from auth.account_role r where r.account_id = a.id order by r.role) as roles
        from auth.session s join auth.account a on a.id = s.account_id
        where s.id = ${sessionHandle(sessionId)} and not auth.is_closed(a.tenant_id)`.execute(ctx.db)
      const [row] = rows
      if (!row) return [null, null]
      const session: DatabaseSession = {
        id: sessionId,
        userId: row.account_id,
        expiresAt: toLucia(row.expires_at),
        attributes: toAttributes(row),
      }
      const user: DatabaseUser = {
        id: row.account_id,
        attributes: {
          username: row.username,
          displayName: row.display_name,
          tenantId: row.tenant_id,
          status: row.status,
          mustChangePassword: row.must_change_password,
          locale: row.locale,
          roles: row.roles,
          isDemonstration: row.is_demonstration,
          hasFactor: row.has_factor,
          passwordChangedAt: row.password_changed_at,
        },
      }
      return [session, user]
    },
    async getUserSessions(userId) {
      const rows = await ctx.db.selectFrom('auth.session').selectAll().where('account_id', '=', userId).execute()
      // The ids themselves are known only to their browsers; the handle takes their place.
      return rows.map((row) => ({
        id: row.id,
        userId: row.account_id,
        expiresAt: toLucia(row.expires_at),
        attributes: toAttributes(row),
      }))
    },
    async setSession(session) {
      await ctx.db
        .insertInto('auth.session')
        .values({
          id: sessionHandle(session.id),
          account_id: session.userId,
          tenant_id: session.attributes.tenantId,
          expires_at: fromLucia(session.expiresAt),
          created_at: ctx.now,
          seen_at: ctx.now,
          address: session.attributes.address,
          agent: session.attributes.agent,
          proved_at: session.attributes.provedAt,
          factor_required: session.attributes.factorRequired,
          password_expired: session.attributes.passwordExpired,
        })
        .execute()
    },
    async updateSessionExpiration(sessionId, expiresAt) {
      if (renew) await prolong(ctx, sessionId, fromLucia(expiresAt))
    },
    async deleteSession(sessionId) {
      await ctx.db.deleteFrom('auth.session').where('id', '=', sessionHandle(sessionId)).execute()
    },
    async deleteUserSessions(userId) {
      await ctx.db.deleteFrom('auth.session').where('account_id', '=', userId).execute()
    },
    async deleteExpiredSessions() {
      await ctx.db.deleteFrom('auth.session').where('expires_at', '<=', ctx.now).execute()
    },
  }
}

type StoredAttributes = {
  tenant_id: number
  seen_at: Date
  address: string
  agent: string
  proved_at: Date | null
  factor_required: boolean
  password_expired: boolean
}

function toAttributes(row: StoredAttributes): SessionAttributes {
  return {
    tenantId: row.tenant_id,
    address: row.address,
    agent: row.agent,
    seenAt: row.seen_at,
    provedAt: row.proved_at,
    factorRequired: row.factor_required,
    passwordExpired: row.password_expired,
  }
}

type SessionRow = StoredAttributes & {
  account_id: number
  expires_at: Date
  username: string
  display_name: string
  status: AccountStatus
  must_change_password: boolean
  locale: Locale
  roles: Role[]
  is_demonstration: boolean
  has_factor: boolean
  password_changed_at: Date | null
}

/** Lucia over the open transaction. Cookies are the web's business. */
export function openLucia(ctx: TenantContext, renew = true): Lucia<SessionAttributes, AccountAttributes> {
  return new Lucia(createAdapter(ctx, renew), {
    sessionExpiresIn: new TimeSpan(idleMinutes, 'm'),
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  })
}

async function prolong(ctx: TenantContext, sessionId: string, until: Date): Promise<void> {
  await ctx.db
    .updateTable('auth.session')
    .set({
      expires_at: sql`least(${until}::timestamptz, created_at + make_interval(hours => ${absoluteHours}))`,
      seen_at: ctx.now,
    })
    .where('id', '=', sessionHandle(sessionId))
    .execute()
}

/** Starts the idle time anew; never beyond the absolute end. */
export async function renewSession(ctx: TenantContext, sessionId: string): Promise<void> {
  await prolong(ctx, sessionId, new Date(ctx.now.getTime() + idleMinutes * 60_000))
}
