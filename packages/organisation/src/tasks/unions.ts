import { dueOn, readCalendar } from '@gonglian/indicators'
import { defineTask, readTaskRows } from '@gonglian/tasks'
import { actorName } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { findLevel } from '../approvals/levels.ts'
import { readLimit } from '../limits.ts'
import { unionLimits } from '../unions/union-limits.ts'

type Row = { id: string; name: string; since: string | null; due: string | null }

/** Unions applied for that wait for the leader. Whoever applied doesn't decide; what the superior decides waits there. */
export const applications = defineTask({
  key: 'organisation.applications',
  step: 'decide',
  permission: 'organisation:approve',
  all: '/organisation/applications',
  list: async (ctx, question) => {
    if ((await findLevel(ctx, { kind: 'founding' })) === 'superior') return { rows: [], total: 0 }
    // All have the same number of days, so that the longest waiting is due first.
    const waiting = await readTaskRows(
      ctx,
      sql<Row>`select u.id, u.name, u.applied_on as since, null::date as due from organisation.trade_union u
        where u.tenant_id = ${ctx.tenantId} and u.state = 'applied' and u.proposed_by <> ${actorName(ctx.actor)}`,
      question,
      ({ id, name, since }) => ({
        id,
        title: { zh: name, en: name },
        since,
        due: null,
        to: `/organisation/unions/${id}`,
      }),
    )
    if (waiting.total === 0) return waiting
    const days = await readLimit(ctx, unionLimits.approvalDays)
    const calendar = await readCalendar(ctx)
    const findDue = (since: string | null) =>
      since === null ? null : dueOn({ kind: 'working', days }, since, calendar)
    return { ...waiting, rows: waiting.rows.map((row) => ({ ...row, due: findDue(row.since) })) }
  },
})

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
        cross join lateral (
          select max(coalesce((p.details ->> 'on')::date, (p.at at time zone 'Asia/Shanghai')::date)) as since
          from organisation.step p where p.object_kind = 'union' and p.object_id = u.id and p.to_state = 'restructuring') s
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
