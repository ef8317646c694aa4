import { hasOpen } from '@gonglian/approvals'
import { addDays } from '@gonglian/indicators'
import { defineTask, readTaskRows } from '@gonglian/tasks'
import { sql } from 'kysely'
import { electionResult } from '../approvals/elections.ts'
import { termBodies } from '../codes/terms.ts'
import { termEnd } from '../terms/term-end.ts'

/** A term shows on the desk this many days before its end. */
const aheadDays = 90

type Row = {
  id: string
  unionId: number | null
  name: string
  body: (typeof termBodies)[number]
  since: string | null
  due: string | null
}

const describe = ({ id, unionId, name, body, since, due }: Row) => ({
  id,
  title: { zh: name, en: name },
  notes: [{ key: `unions.termOf.${body}` }],
  since,
  due,
  to: unionId === null ? '/organisation/terms' : `/organisation/unions/${unionId}`,
})

/** Terms of the federation and of its own unions that are over or end soon, and no election is under way for. */
export const terms = defineTask({
  key: 'organisation.terms',
  step: 'handle',
  permission: 'organisation:write',
  all: '/organisation/terms',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      sql<Row>`select t.id, t.union_id as "unionId", coalesce(u.name, f.name) as name, t.body, null::date as since, ${termEnd} as due
        from organisation.term t join tenancy.federation f on f.id = t.tenant_id left join organisation.trade_union u on u.id = t.union_id
        where t.tenant_id = ${ctx.tenantId} and t.ended_on is null and t.state <> 'in_election' and t.ends_on <= ${addDays(ctx.today, aheadDays)}
          and ${termEnd} <= ${addDays(ctx.today, aheadDays)}`,
      question,
      describe,
    ),
})

/** Terms below that are over or end soon, in one line, for who urges the bodies below. */
export const termsBelow = defineTask({
  key: 'organisation.termsBelow',
  step: 'below',
  permission: 'urge:send',
  all: '/organisation/terms',
  list: async (ctx) => {
    const until = addDays(ctx.today, aheadDays)
    const { rows } = await sql<{ count: number; overdue: number; due: string | null }>`
      select count(*) as count, count(*) filter (where ${termEnd} < ${ctx.today}::date) as overdue, min(${termEnd}) as due
      from organisation.term t
      where t.ended_on is null and t.ends_on <= ${until} and ${termEnd} <= ${until} and t.tenant_id <> ${ctx.tenantId}`.execute(
      ctx.db,
    )
    const { count = 0, overdue = 0, due = null } = rows[0] ?? {}
    if (count === 0) return { rows: [], total: 0 }
    return {
      total: 1,
      rows: [
        {
          id: 'below',
          title: null,
          count,
          notes: overdue === 0 ? [] : [{ key: 'tasks.overdueOf', params: { count: overdue } }],
          since: null,
          due,
          to: `/organisation/terms?terms.is.endsBy=${until}`,
        },
      ],
    }
  },
})

type ElectionRow = { id: string; name: string; since: string | null; due: string | null }

/** Elections that were held and whose result nobody has handed in to be confirmed; what came back waits as a returned application. */
export const results = defineTask({
  key: 'organisation.results',
  step: 'handle',
  permission: 'organisation:write',
  all: '/organisation/elections',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      sql<ElectionRow>`select e.id, coalesce(u.name, f.name) as name, e.held_on as since, null::date as due
        from organisation.election e join tenancy.federation f on f.id = e.tenant_id left join organisation.trade_union u on u.id = e.union_id
        where e.tenant_id = ${ctx.tenantId} and e.state = 'held' and not ${hasOpen(electionResult, 'e.id')}`,
      question,
      ({ id, name, since, due }) => ({
        id,
        title: { zh: name, en: name },
        since,
        due,
        to: `/organisation/elections/${id}`,
      }),
    ),
})
