import { defineTask, readTaskRows, type Note } from '@gonglian/tasks'
import { sql } from 'kysely'

/** Employers found without a union that nobody has been to yet, in one line. */
export const leads = defineTask({
  key: 'organisation.leads',
  step: 'handle',
  permission: 'organisation:write',
  all: '/organisation/census',
  list: async (ctx) => {
    const { rows } = await sql<{ count: number; overdue: number; since: string | null; due: string | null }>`
      select count(*) as count, count(*) filter (where l.due_on < ${ctx.today}::date) as overdue, min(l.found_on) as since, min(l.due_on) as due
      from organisation.lead l where l.tenant_id = ${ctx.tenantId} and l.state = 'found' and l.ended_on is null`.execute(
      ctx.db,
    )
    const { count = 0, overdue = 0, since = null, due = null } = rows[0] ?? {}
    if (count === 0) return { rows: [], total: 0 }
    const notes: Note[] = overdue === 0 ? [] : [{ key: 'tasks.overdueOf', params: { count: overdue } }]
    return {
      total: 1,
      rows: [{ id: 'found', title: null, count, notes, since, due, to: '/organisation/census?leads.is.state=found' }],
    }
  },
})

type Letter = { id: string; leadId: number; employer: string; no: string; since: string | null; due: string | null }

/** Letters of several departments that nobody has answered (M054). */
export const letters = defineTask({
  key: 'organisation.letters',
  step: 'handle',
  permission: 'organisation:write',
  all: '/organisation/letters',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      sql<Letter>`select j.id, j.lead_id as "leadId", e.name as employer, j.letter_no as no, j.sent_on as since, j.due_on as due
        from organisation.joint_letter j join organisation.lead l on l.id = j.lead_id join organisation.employer e on e.id = l.employer_id
        where j.tenant_id = ${ctx.tenantId} and j.outcome is null`,
      question,
      ({ id, leadId, employer, no, since, due }) => ({
        id,
        title: { zh: employer, en: employer },
        notes: [{ key: 'tasks.letterNo', params: { no } }],
        since,
        due,
        to: `/organisation/census?lead=${leadId}`,
      }),
    ),
})
