import { sql } from 'kysely'
import { z } from 'zod'
import {
  recordAudit,
  requireFreshProof,
  requirePermission,
  roles,
  type Role,
  type TenantContext,
} from '@gonglian/tenancy'
import type { AccountStatus } from './adapter.ts'

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
  requireFreshProof(ctx)
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
