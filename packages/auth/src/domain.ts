import { defineDomain } from '@gonglian/records'
import { defineTask, readTaskRows, type TaskRow } from '@gonglian/tasks'
import { actorName, shanghaiDay } from '@gonglian/tenancy'
import { sql } from 'kysely'

type Row = {
  id: string
  username: string
  name: string
  purpose: string
  at: Date
  until: Date
  since: null
  due: null
}

const describe = ({ id, username, name, purpose, at, until }: Row): TaskRow => ({
  id,
  title: { zh: `${name}（${username}）`, en: `${name} (${username})` },
  notes: [{ key: `tasks.auth.purpose.${purpose}` }],
  since: shanghaiDay(at),
  due: shanghaiDay(until),
  to: `/system/accounts?accounts.search=${encodeURIComponent(username)}`,
})

/** What a system administrator asked for and nobody has agreed to; whoever asked doesn't agree. */
const requests = defineTask({
  key: 'auth.requests',
  step: 'decide',
  permission: 'role:grant',
  all: '/system/accounts',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      sql<Row>`select l.id, a.username, a.display_name as name, l.purpose, l.requested_at as at, l.expires_at as until,
          null::date as since, null::date as due
        from auth.one_time_link l join auth.account a on a.id = l.account_id
        where l.tenant_id = ${ctx.tenantId} and l.used_at is null and l.confirmed_by is null and l.expires_at > ${ctx.now}
          and l.requested_by <> ${actorName(ctx.actor)}`,
      question,
      describe,
    ),
})

/** Links that were agreed to and that their person has not used: they lapse. */
const links = defineTask({
  key: 'auth.links',
  step: 'handle',
  permission: 'account:create',
  all: '/system/accounts',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      sql<Row>`select l.id, a.username, a.display_name as name, l.purpose, l.requested_at as at, l.expires_at as until,
          null::date as since, null::date as due
        from auth.one_time_link l join auth.account a on a.id = l.account_id
        where l.tenant_id = ${ctx.tenantId} and l.used_at is null and l.confirmed_by is not null and l.expires_at > ${ctx.now}`,
      question,
      describe,
    ),
})

/** What accounts declare: requests and links that wait for the administrators. */
export const auth = defineDomain({ name: 'auth', nouns: {}, tasks: [requests, links] })
