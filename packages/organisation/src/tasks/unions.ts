import { defineTask, readTaskRows } from '@gonglian/tasks'
import { sql } from 'kysely'
import { readLimit } from '../limits.ts'
import { restructuredOn } from '../unions/restructured-on.ts'
import { unionLimits } from '../unions/union-limits.ts'

type Row = { id: string; name: string; since: string | null; due: string | null }

/** Unions whose employer was restructured: each is rebuilt, merged or revoked in time (M008). */
export const restructurings = defineTask({
  key: 'organisation.restructurings',
  step: 'handle',
  permission: 'organisation:write',
  all: '/organisation/restructurings',
  list: async (ctx, question) => {
    const months = await readLimit(ctx, unionLimits.rebuildMonths)
    return readTaskRows(
      ctx,
      sql<Row>`select u.id, u.name, s.since, (s.since + make_interval(months => ${months}::int))::date as due
        from organisation.trade_union u
        cross join lateral (select ${restructuredOn} as since) s
        where u.tenant_id = ${ctx.tenantId} and u.state = 'restructuring'`,
      question,
      ({ id, name, since, due }) => ({
        id,
        title: { zh: name, en: name },
        since,
        due,
        to: `/organisation/unions/${id}`,
      }),
    )
  },
})

/** Own unions at work without a body that the place requires beside them (六会同建), in one line. */
export const companions = defineTask({
  key: 'organisation.companions',
  step: 'handle',
  permission: 'organisation:write',
  all: '/organisation/companions',
  list: async (ctx) => {
    const required = await readLimit(ctx, unionLimits.companions)
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from organisation.trade_union u
      where u.tenant_id = ${ctx.tenantId} and u.state = 'active' and u.kind in ('BASIC_SINGLE', 'BASIC_JOINT')
        and (select count(distinct c.kind) from organisation.companion_body c
          where c.union_id = u.id and c.ended_on is null and c.kind = any (${required}::text[])) < ${required.length}`.execute(
      ctx.db,
    )
    const count = rows[0]?.count ?? 0
    if (count === 0) return { rows: [], total: 0 }
    return {
      total: 1,
      rows: [{ id: 'own', title: null, count, since: null, due: null, to: '/organisation/companions' }],
    }
  },
})
