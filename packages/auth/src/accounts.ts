import { sql } from 'kysely'
import { z } from 'zod'
import {
  DomainError,
  actorName,
  findFederations,
  found,
  recordAudit,
  requirePermission,
  roles,
  type Locale,
  type Role,
  type TenantContext,
} from '@gonglian/tenancy'
import type { AccountStatus } from './adapter.ts'
import { forgetFailures } from './attempts.ts'
import { hasFactor } from './factor.ts'
import { requestLink } from './link-requests.ts'
import { requireAdministratorLeft } from './administrators.ts'
import { hashPassword, inventPassword } from './passwords.ts'
import { requireUser } from './sessions.ts'

/** Small letters, digits and . _ - */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-z][0-9a-z._-]{1,63}$/)
export const AccountName = z.object({ username: Username })

const AccountFilter = z.object({
  search: z.string().trim().max(60).default(''),
  /** Any of these; none: all. */
  roles: z.array(z.enum(roles)).max(20).default([]),
  statuses: z
    .array(z.enum(['waiting', 'active', 'disabled']))
    .max(3)
    .default([]),
  sort: z
    .enum(['username', '-username', 'name', '-name', 'status', '-status', 'seen', '-seen', 'created', '-created'])
    .default('username'),
})

export const ListAccounts = AccountFilter.extend({
  page: z.int().min(1).max(10_000).default(1),
  pageSize: z.int().min(1).max(200).default(50),
})

export type AccountLine = {
  id: number
  username: string
  displayName: string
  status: AccountStatus
  roles: Role[]
  mustChangePassword: boolean
  /** Locked out by wrong passwords until then. */
  lockedUntil: Date | null
  openSessions: number
  lastSeenAt: Date | null
  createdAt: Date
  hasFactor: boolean
  /** Proposed for the role of a leader and not yet granted it. */
  isProposedLeader: boolean
  /** What the system administrator asked for and the security administrator has not agreed to yet. */
  request: { purpose: string; by: string } | null
}

// Whoever was never here stands last, whichever way one sorts.
const sortColumns = {
  username: sql`a.username`,
  name: sql`a.display_name collate "zh-x-icu"`,
  status: sql`a.status`,
  seen: sql`last_seen_at`,
  created: sql`a.created_at`,
} as const

async function selectAccounts(
  ctx: TenantContext,
  filter: z.output<typeof AccountFilter>,
  range: { limit: number; offset: number },
): Promise<AccountRow[]> {
  const needle = `%${filter.search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  const [key, direction] = filter.sort.startsWith('-')
    ? ([filter.sort.slice(1), sql`desc`] as const)
    : ([filter.sort, sql`asc`] as const)
  const column = Object.entries(sortColumns).find(([name]) => name === key)?.[1] ?? sortColumns.username
  const { rows } = await sql<AccountRow>`
    select a.id, a.username, a.display_name, a.status, a.must_change_password, a.created_at, a.leader_proposed_by,
      exists (select 1 from auth.factor f where f.account_id = a.id and f.confirmed_at is not null) as has_factor,
      l.purpose as request_purpose, l.requested_by,
      array(select r.role from auth.account_role r where r.account_id = a.id order by r.role) as roles,
      (select max(t.blocked_until) from auth.attempt t where t.username = a.username and t.blocked_until > ${ctx.now}) as locked_until,
      (select count(*) from auth.session s where s.account_id = a.id and s.expires_at > ${ctx.now})::int as open_sessions,
      (select max(s.seen_at) from auth.session s where s.account_id = a.id) as last_seen_at,
      count(*) over ()::int as total
    from auth.account a
    left join auth.one_time_link l
      on l.account_id = a.id and l.used_at is null and l.confirmed_by is null and l.expires_at > ${ctx.now}
    where a.tenant_id = ${ctx.tenantId}
      and (a.username like ${needle} or lower(a.display_name) like ${needle})
      and (${filter.statuses.length === 0} or a.status = any (${filter.statuses}))
      and (${filter.roles.length === 0} or exists (select 1 from auth.account_role r where r.account_id = a.id and r.role = any (${filter.roles})))
    order by ${column} ${direction} nulls last, a.username
    limit ${range.limit} offset ${range.offset}`.execute(ctx.db)
  return rows
}

function toAccountLine(row: AccountRow): AccountLine {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    status: row.status,
    roles: row.roles,
    mustChangePassword: row.must_change_password,
    lockedUntil: row.locked_until,
    openSessions: row.open_sessions,
    lastSeenAt: row.last_seen_at,
    createdAt: row.created_at,
    hasFactor: row.has_factor,
    isProposedLeader: row.leader_proposed_by !== null,
    request: row.request_purpose === null ? null : { purpose: row.request_purpose, by: row.requested_by ?? '' },
  }
}

/** The accounts of the own body. */
export async function listAccounts(
  ctx: TenantContext,
  input: z.output<typeof ListAccounts>,
): Promise<{ accounts: AccountLine[]; total: number }> {
  requirePermission(ctx, 'account:read')
  const { page, pageSize } = input
  const rows = await selectAccounts(ctx, input, { limit: pageSize, offset: (page - 1) * pageSize })
  return { total: rows[0]?.total ?? 0, accounts: rows.map(toAccountLine) }
}

export const ExportAccounts = AccountFilter

/** All accounts that a filter leaves, for a file; the trail says that they were taken out. */
export async function exportAccounts(
  ctx: TenantContext,
  input: z.output<typeof ExportAccounts>,
): Promise<AccountLine[]> {
  requirePermission(ctx, 'account:read')
  const rows = await selectAccounts(ctx, input, { limit: 100_000, offset: 0 })
  await recordAudit(ctx, {
    action: 'account.export',
    objectKind: 'account',
    objectId: ctx.tenantId,
    after: { lines: rows.length },
  })
  return rows.map(toAccountLine)
}

type AccountRow = {
  id: number
  username: string
  display_name: string
  status: AccountStatus
  must_change_password: boolean
  created_at: Date
  roles: Role[]
  locked_until: Date | null
  open_sessions: number
  last_seen_at: Date | null
  has_factor: boolean
  leader_proposed_by: string | null
  request_purpose: string | null
  requested_by: string | null
  total: number
}

export const CreateAccount = z.object({
  username: Username,
  displayName: z.string().trim().min(1).max(60),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  /** Proposed for the role of a leader, which the security administrator may then grant. */
  asLeader: z.boolean().default(false),
})

/** An account and the code for its person, told this once. */
export type Requested = { username: string; code: string }

/**
 * The system administrator makes an account of the own body. It stays without effect until the security administrator grants
 * it a role (handbook 15, three administrators). Nobody knows its password: the person sets one with the code that is told here and
 * the link that the security administrator gets (confirmRequest).
 *
 * @throws DomainError invalid errors.usernamePrefix unless the user name begins with the body's code: so a name that is taken
 * tells nothing about other bodies; conflict errors.usernameTaken
 */
export async function createAccount(ctx: TenantContext, input: z.output<typeof CreateAccount>): Promise<Requested> {
  requirePermission(ctx, 'account:create')
  const body = found((await findFederations(ctx, [ctx.tenantId])).get(ctx.tenantId))
  const prefix = `${body.code.toLowerCase()}-`
  if (!input.username.startsWith(prefix) || input.username.length === prefix.length) {
    throw new DomainError('invalid', 'errors.invalid', {
      fields: [{ path: 'username', key: 'errors.usernamePrefix', params: { prefix } }],
    })
  }
  const added = await ctx.db
    .insertInto('auth.account')
    .values({
      tenant_id: ctx.tenantId,
      username: input.username,
      display_name: input.displayName,
      password_hash: await hashPassword(inventPassword()),
      must_change_password: true,
      locale: input.locale,
      created_at: ctx.now,
      leader_proposed_by: input.asLeader ? actorName(ctx.actor) : null,
    })
    .onConflict((conflict) => conflict.column('username').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) {
    throw new DomainError('conflict', 'errors.usernameTaken', {
      fields: [{ path: 'username', key: 'errors.usernameTaken' }],
    })
  }
  await recordAudit(ctx, {
    action: 'account.create',
    objectKind: 'account',
    objectId: input.username,
    after: { status: 'waiting', ...(input.asLeader ? { proposed: 'leader' } : {}) },
  })
  return { username: input.username, code: await requestLink(ctx, { ...added, username: input.username }, 'first') }
}

/**
 * Asks for a new password for somebody who forgot theirs. Nothing changes until the security administrator agrees (confirmRequest); the
 * person then needs both this code and that one's link.
 */
export async function requestPasswordReset(
  ctx: TenantContext,
  input: z.output<typeof AccountName>,
): Promise<Requested> {
  requirePermission(ctx, 'account:create')
  const account = await lockForRequest(ctx, input.username)
  const held = await ctx.db
    .selectFrom('auth.account_role')
    .select('role')
    .where('account_id', '=', account.id)
    .executeTakeFirst()
  const code = await requestLink(ctx, account, held || account.status === 'active' ? 'reset' : 'first')
  await recordAudit(ctx, { action: 'account.requestReset', objectKind: 'account', objectId: account.username })
  return { username: account.username, code }
}

/** Asks for taking away the second factor of somebody who lost it, recovery codes included. */
export async function requestFactorReset(ctx: TenantContext, input: z.output<typeof AccountName>): Promise<void> {
  requirePermission(ctx, 'account:create')
  const account = await lockForRequest(ctx, input.username)
  if (!(await hasFactor(ctx, account.id))) throw new DomainError('conflict', 'errors.factorMissing')
  await requestLink(ctx, account, 'factor')
  await recordAudit(ctx, { action: 'factor.requestReset', objectKind: 'account', objectId: account.username })
}

async function lockForRequest(ctx: TenantContext, username: string): Promise<LockedAccount> {
  const account = await lockAccount(ctx, username)
  requireOther(ctx, account.id)
  if (account.status === 'disabled') throw new DomainError('conflict', 'errors.accountDisabled')
  // Without another security administrator nobody could agree.
  await requireAdministratorLeft(ctx, account.id, ['secadmin'])
  return account
}

/** The system administrator proposes an account for the role of a leader; without that nobody grants it. */
export async function proposeLeader(ctx: TenantContext, input: z.output<typeof AccountName>): Promise<void> {
  requirePermission(ctx, 'account:create')
  const account = await lockAccount(ctx, input.username)
  requireOther(ctx, account.id)
  await ctx.db
    .updateTable('auth.account')
    .set({ leader_proposed_by: actorName(ctx.actor) })
    .where('id', '=', account.id)
    .execute()
  await recordAudit(ctx, { action: 'account.proposeLeader', objectKind: 'account', objectId: account.username })
}

/** Closes an account at once, with all its sessions. Nothing is deleted: its name stands in the trail. */
export async function disableAccount(ctx: TenantContext, input: z.output<typeof AccountName>): Promise<void> {
  requirePermission(ctx, 'account:disable')
  const account = await lockAccount(ctx, input.username)
  if (account.status === 'disabled') return
  requireOther(ctx, account.id)
  await requireAdministratorLeft(ctx, account.id)
  await ctx.db.updateTable('auth.account').set({ status: 'disabled' }).where('id', '=', account.id).execute()
  await endSessionsOf(ctx, account.id)
  await recordAudit(ctx, {
    action: 'account.disable',
    objectKind: 'account',
    objectId: account.username,
    before: { status: account.status },
  })
}

/** Opens a closed account; effective when the security administrator agrees. */
export async function enableAccount(ctx: TenantContext, input: z.output<typeof AccountName>): Promise<void> {
  requirePermission(ctx, 'account:disable')
  const account = await lockAccount(ctx, input.username)
  if (account.status !== 'disabled') return
  await ctx.db.updateTable('auth.account').set({ status: 'waiting' }).where('id', '=', account.id).execute()
  await recordAudit(ctx, {
    action: 'account.enable',
    objectKind: 'account',
    objectId: account.username,
    after: { status: 'waiting' },
  })
}

/** Ends a lockout before its time. */
export async function unlockAccount(ctx: TenantContext, input: z.output<typeof AccountName>): Promise<void> {
  requirePermission(ctx, 'account:unlock')
  const account = await lockAccount(ctx, input.username)
  if (await forgetFailures(ctx, account.username)) {
    await recordAudit(ctx, { action: 'account.unlock', objectKind: 'account', objectId: account.username })
  }
}

export const SetLocale = z.object({ locale: z.enum(['zh-CN', 'en']) })

/** The language one reads in from now on. */
export async function setLocale(ctx: TenantContext, input: { locale: Locale }): Promise<void> {
  const me = requireUser(ctx)
  await ctx.db.updateTable('auth.account').set({ locale: input.locale }).where('id', '=', me.accountId).execute()
}

export type LockedAccount = { id: number; username: string; status: AccountStatus; leader_proposed_by: string | null }

/** The account of the own body, held until the transaction ends. */
export async function lockAccount(ctx: TenantContext, username: string): Promise<LockedAccount> {
  return found(
    await ctx.db
      .selectFrom('auth.account')
      .select(['id', 'username', 'status', 'leader_proposed_by'])
      .where('username', '=', username)
      .forUpdate()
      .executeTakeFirst(),
    'errors.accountNotFound',
  )
}

/**
 * Nobody decides about their own account.
 *
 * @throws DomainError conflict errors.ownAccount
 */
export function requireOther(ctx: TenantContext, accountId: number): void {
  if (ctx.actor.kind === 'user' && ctx.actor.accountId === accountId)
    throw new DomainError('conflict', 'errors.ownAccount')
}

async function endSessionsOf(ctx: TenantContext, accountId: number): Promise<void> {
  await ctx.db.deleteFrom('auth.session').where('account_id', '=', accountId).execute()
}
