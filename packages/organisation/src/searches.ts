import { beginsWith, type Search, type Typed } from '@gonglian/records'
import type { TenantContext } from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'

type Register = 'organisation.trade_union' | 'organisation.employer'

/** Of a register: names in sight that begin with what was typed, and in the own body also those that hold it. The own come first, then the shortest. */
async function findNamed(
  ctx: TenantContext,
  register: Register,
  typed: Typed,
  limit: number,
  only: RawBuilder<unknown> = sql`true`,
) {
  const { rows } = await sql<{ id: string; title: string; detail: string }>`
    select r.id::text, r.name as title, f.short_name as detail
    from ${sql.table(register)} r join tenancy.federation f on f.id = r.tenant_id
    where ${only} and r.id in (
      (select r.id from ${sql.table(register)} r where ${beginsWith(typed, 'r.name', 'r.initials')} limit ${mostLookedAt})
      union all
      (select r.id from ${sql.table(register)} r where r.tenant_id = ${ctx.tenantId} and strpos(r.name, ${typed.text}) > 0 limit ${mostLookedAt}))
    order by r.tenant_id <> ${ctx.tenantId}, length(r.name), r.name
    limit ${limit}`.execute(ctx.db)
  return rows
}

/** Names that are ordered, of all that begin with very little. */
const mostLookedAt = 200

const unions: Search = {
  kind: 'union',
  permission: 'organisation:read',
  find: async (ctx, typed, limit) => {
    const rows = await findNamed(
      ctx,
      'organisation.trade_union',
      typed,
      limit,
      sql`r.state not in ('merged', 'revoked')`,
    )
    return rows.map((row) => ({ ...row, to: `/organisation/unions/${row.id}` }))
  },
}

/** An employer opens beside the list. */
const employers: Search = {
  kind: 'employer',
  permission: 'organisation:read',
  find: async (ctx, typed, limit) => {
    const rows = await findNamed(ctx, 'organisation.employer', typed, limit)
    return rows.map((row) => ({ ...row, to: `/organisation/employers?employer=${row.id}` }))
  },
}

/** Members of the own body (handbook 14.2): nobody above sees a name. By name and initials; a number is looked up in the register, with a trace. */
const members: Search = {
  kind: 'member',
  permission: 'member:read',
  find: async (ctx, typed, limit) => {
    const { rows } = await sql<{ id: string; title: string; detail: string }>`
      select m.id::text, m.name as title, u.name as detail
      from organisation.member m join organisation.trade_union u on u.id = m.union_id
      where m.tenant_id = ${ctx.tenantId} and m.state in ('applied', 'active', 'retained')
        and ${beginsWith(typed, 'm.name', 'm.initials')}
      order by m.name, m.id
      limit ${limit}`.execute(ctx.db)
    return rows.map((row) => ({ ...row, to: `/organisation/members/${row.id}` }))
  },
}

/** What Ctrl-K finds in this domain. */
export const organisationSearches: readonly Search[] = [unions, employers, members]
