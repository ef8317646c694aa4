import { defineTask, readTaskRows } from '@gonglian/tasks'
import { actorName, shanghaiDay } from '@gonglian/tenancy'
import { addDays } from '@gonglian/indicators'
import { sql } from 'kysely'

type Union = { id: string; name: string; count: number; since: string | null; due: string | null }

/** People who applied to join, by union. */
export const memberships = defineTask({
  key: 'organisation.memberships',
  step: 'decide',
  permission: 'member:write',
  all: '/organisation/members?view=own&members.is.state=applied',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      // By member_applied_once, which holds just those who applied; the union's name for these alone.
      sql<Union>`select m.union_id as id, u.name, m.count, m.since, null::date as due
        from (select union_id, count(*) as count, min(applied_on) as since from organisation.member
          where tenant_id = ${ctx.tenantId} and state = 'applied' group by union_id) m
        join organisation.trade_union u on u.id = m.union_id`,
      question,
      ({ id, name, count, since }) => ({
        id,
        title: { zh: name, en: name },
        count,
        since,
        due: null,
        to: `/organisation/members?view=own&union=${id}&members.is.state=applied`,
      }),
    ),
})

type Transfer = { id: string; from: string; to: string; count: number; since: string | null; due: string | null }

/** Members whom other unions ask the own ones to take over, by pair of unions. */
export const transfersIn = defineTask({
  key: 'organisation.transfersIn',
  step: 'decide',
  permission: 'member:write',
  all: '/organisation/transfers?direction=received&transfers.is.state=requested',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      sql<Transfer>`select t.from_union_id || ' ' || t.to_union_id as id, t.from_union as "from", t.to_union as "to", count(*) as count,
          min(t.requested_on) as since, min(t.expires_on) as due
        from organisation.transfer t where t.to_tenant_id = ${ctx.tenantId} and t.state = 'requested'
        group by t.from_union_id, t.to_union_id, t.from_union, t.to_union`,
      question,
      ({ id, from, to, count, since, due }) => ({
        id,
        title: { zh: `${from} → ${to}`, en: `${from} → ${to}` },
        count,
        since,
        due,
        to: '/organisation/transfers?direction=received&transfers.is.state=requested',
      }),
    ),
})

/** An own request that nobody answers is shown this many days before it lapses. */
const lapseDays = 7

/** Own requests that lapse soon because nobody answered. */
export const transfersOut = defineTask({
  key: 'organisation.transfersOut',
  step: 'handle',
  permission: 'member:write',
  all: '/organisation/transfers?direction=sent&transfers.is.state=requested',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      sql<Transfer>`select t.from_union_id || ' ' || t.to_union_id as id, t.from_union as "from", t.to_union as "to", count(*) as count,
          min(t.requested_on) as since, min(t.expires_on) as due
        from organisation.transfer t
        where t.from_tenant_id = ${ctx.tenantId} and t.state = 'requested' and t.expires_on <= ${addDays(ctx.today, lapseDays)}
        group by t.from_union_id, t.to_union_id, t.from_union, t.to_union`,
      question,
      ({ id, from, to, count, since, due }) => ({
        id,
        title: { zh: `${from} → ${to}`, en: `${from} → ${to}` },
        count,
        since,
        due,
        to: '/organisation/transfers?direction=sent&transfers.is.state=requested',
      }),
    ),
})

type File = { id: string; name: string; state: string; good: number; bad: number; at: Date; since: null; due: null }

/** Files whose columns wait to be confirmed, that were checked and wait to be written or put right, or that failed. */
export const imports = defineTask({
  key: 'organisation.imports',
  step: 'handle',
  permission: 'member:write',
  all: '/organisation/imports',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      // Of the newest files only, by import_recent: an old one that nobody wrote is no work any more.
      sql<File>`select i.id, i.file_name as name, i.state, i.good, i.bad, i.changed_at as at, null::date as since, null::date as due
        from (select * from organisation.import where tenant_id = ${ctx.tenantId} order by id desc limit 50) i
        where i.state in ('mapping', 'failed') or i.state = 'checked' and (i.kind <> 'unions' or i.good = 0)`,
      question,
      ({ id, name, state, good, bad, at }) => ({
        id,
        title: { zh: name, en: name },
        notes: [
          state === 'failed'
            ? { key: 'tasks.importFailed' }
            : state === 'mapping'
              ? { key: 'imports.state.mapping' }
              : { key: bad > 0 ? 'tasks.importFaulty' : 'tasks.importChecked', params: { good, bad } },
        ],
        since: shanghaiDay(at),
        due: null,
        to: `/organisation/imports/${id}`,
      }),
    ),
})

/** Files of unions that an officer had checked: a leader has them written (ORG-03). */
export const unionImports = defineTask({
  key: 'organisation.unionImports',
  step: 'decide',
  permission: 'organisation:approve',
  all: '/organisation/imports',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      sql<File>`select i.id, i.file_name as name, i.state, i.good, i.bad, i.changed_at as at, null::date as since, null::date as due
        from (select * from organisation.import where tenant_id = ${ctx.tenantId} order by id desc limit 50) i
        where i.kind = 'unions' and i.state = 'checked' and i.good > 0 and i.actor <> ${actorName(ctx.actor)}`,
      question,
      ({ id, name, good, bad, at }) => ({
        id,
        title: { zh: name, en: name },
        notes: [{ key: bad > 0 ? 'tasks.importFaulty' : 'tasks.importChecked', params: { good, bad } }],
        since: shanghaiDay(at),
        due: null,
        to: `/organisation/imports/${id}`,
      }),
    ),
})
