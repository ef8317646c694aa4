import { defineTask, readTaskRows } from '@gonglian/tasks'
import { actorName } from '@gonglian/tenancy'
import { sql } from 'kysely'

type Row = { id: string; name: string; state: string; year: number; since: string | null; due: string | null }

/** Own appraisals by members that are open, or counted and not yet published and filed. */
export const appraisals = defineTask({
  key: 'organisation.appraisals',
  step: 'handle',
  permission: 'organisation:write',
  all: '/organisation/appraisals',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      sql<Row>`select a.id, u.name, a.state, a.year, coalesce(a.published_on, a.closed_on, a.opened_on) as since,
          case when a.state = 'open' then a.closes_on end as due
        from organisation.appraisal a join organisation.trade_union u on u.id = a.union_id
        where a.tenant_id = ${ctx.tenantId} and a.state in ('open', 'closed', 'published')`,
      question,
      ({ id, name, state, year, since, due }) => ({
        id,
        title: { zh: name, en: name },
        notes: [{ key: `appraisals.state.${state}` }],
        since,
        due,
        to: `/organisation/appraisals?year=${year}&appraisals.search=${encodeURIComponent(name)}`,
      }),
    ),
})

/** The person is of a working group and has not taken the own code, without which nobody votes. */
export const groupCodes = defineTask({
  key: 'organisation.groupCodes',
  step: 'handle',
  permission: 'organisation:read',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      sql<Row>`select a.id, u.name, a.state, a.year, a.opened_on as since, a.closes_on as due
        from organisation.group_member g join organisation.appraisal a on a.id = g.appraisal_id
        join organisation.trade_union u on u.id = a.union_id
        where g.tenant_id = ${ctx.tenantId} and g.username = ${actorName(ctx.actor)} and g.public_key is null and a.state = 'open'`,
      question,
      ({ id, name, since, due }) => ({
        id,
        title: { zh: name, en: name },
        since,
        due,
        to: `/organisation/appraisals/${id}/group`,
      }),
    ),
})
