import { beginsWith, type Search } from '@gonglian/records'
import { sql } from 'kysely'

/** Unions in sight; of the own body also those whose name holds what was typed. The own come first. */
const unions: Search = {
  kind: 'union',
  permission: 'organisation:read',
  find: async (ctx, typed, limit) => {
    const { rows } = await sql<{ id: string; title: string; detail: string }>`
      select u.id::text, u.name as title, f.short_name as detail
      from organisation.trade_union u join tenancy.federation f on f.id = u.tenant_id
      where u.state not in ('merged', 'revoked') and u.id in (
        (select u.id from organisation.trade_union u where ${beginsWith(typed, 'u.name', 'u.initials')} limit 200)
        union all
        (select u.id from organisation.trade_union u where u.tenant_id = ${ctx.tenantId} and strpos(u.name, ${typed.text}) > 0 limit 200))
      order by u.tenant_id <> ${ctx.tenantId}, length(u.name), u.name
      limit ${limit}`.execute(ctx.db)
    return rows.map((row) => ({ ...row, to: `/organisation/unions/${row.id}` }))
  },
}

/** Employers in sight, as with unions; an employer opens beside the list. */
const employers: Search = {
  kind: 'employer',
  permission: 'organisation:read',
  find: async (ctx, typed, limit) => {
    const { rows } = await sql<{ id: string; title: string; detail: string }>`
      select e.id::text, e.name as title, f.short_name as detail
      from organisation.employer e join tenancy.federation f on f.id = e.tenant_id
      where e.id in (
        (select e.id from organisation.employer e where ${beginsWith(typed, 'e.name', 'e.initials')} limit 200)
        union all
        (select e.id from organisation.employer e where e.tenant_id = ${ctx.tenantId} and strpos(e.name, ${typed.text}) > 0 limit 200))
      order by e.tenant_id <> ${ctx.tenantId}, length(e.name), e.name
      limit ${limit}`.execute(ctx.db)
    return rows.map((row) => ({
      ...row,
      to: `/organisation/employers?employer=${row.id}`,
    }))
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
