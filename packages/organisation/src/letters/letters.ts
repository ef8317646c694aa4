import { defineCommand, defineList, refuseField, refuseTaken } from '@gonglian/records'
import { DomainError, found } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { holdLead, moveLead } from '../census/leads.ts'
import { likeName } from '../numbers/names.ts'
import { answerLetterForm, letterView, sendLetterForm } from './letter.ts'

/** @throws DomainError conflict where nobody refused, or the number is used; invalid for days out of order */
export const sendLetter = defineCommand(sendLetterForm, {
  action: 'letter.send',
  object: 'letter',
  run: async (ctx, input) => {
    const lead = await holdLead(ctx, input.leadId, input.version)
    if (lead.state !== 'refused') throw new DomainError('conflict', 'organisation.letter.notRefused')
    if (input.sentOn > ctx.today || input.sentOn < (lead.refused_on ?? input.sentOn) || input.dueOn <= input.sentOn)
      throw refuseField('dueOn', 'organisation.day')
    const letter = await ctx.db
      .insertInto('organisation.joint_letter')
      .values({
        tenant_id: ctx.tenantId,
        lead_id: lead.id,
        letter_no: input.letterNo,
        departments: input.departments,
        sent_on: input.sentOn,
        due_on: input.dueOn,
      })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'letter_no']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!letter) throw refuseTaken('letterNo', 'organisation.letter.numberTaken')
    return {
      answer: { letterId: letter.id },
      objectId: letter.id,
      after: { lead: lead.id, departments: input.departments, dueOn: input.dueOn },
    }
  },
})

/**
 * An employer that complies is in contact again; otherwise its lead stays refused, for the next letter or the labour authority.
 *
 * @throws DomainError conflict for a letter that has its outcome
 */
export const answerLetter = defineCommand(answerLetterForm, {
  action: 'letter.answer',
  object: 'letter',
  run: async (ctx, input) => {
    const letter = found(
      await ctx.db
        .selectFrom('organisation.joint_letter')
        .selectAll()
        .where('id', '=', input.letterId)
        .where('tenant_id', '=', ctx.tenantId)
        .forUpdate()
        .executeTakeFirst(),
      'organisation.letter.notFound',
    )
    if (letter.outcome !== null) throw new DomainError('conflict', 'organisation.letter.answered')
    if (input.on < letter.sent_on || input.on > ctx.today) throw refuseField('on', 'organisation.day')
    if (input.outcome === 'no_reply' && input.on <= letter.due_on)
      throw new DomainError('invalid', 'organisation.letter.notDue', { params: { due: letter.due_on } })
    await ctx.db
      .updateTable('organisation.joint_letter')
      .set({ outcome: input.outcome, outcome_on: input.on, note: input.note })
      .where('id', '=', letter.id)
      .execute()
    const lead = await holdLead(ctx, letter.lead_id)
    const moves = input.outcome === 'complied' && lead.state === 'refused'
    const leadVersion = moves
      ? await moveLead(ctx, lead, 'contacted', { on: input.on, reason: letter.letter_no })
      : lead.version
    return { answer: { leadVersion }, objectId: letter.id, after: { outcome: input.outcome, on: input.on } }
  },
})

export const listLetters = defineList(letterView, {
  rows: (ctx, { leadId }) =>
    ctx.db
      .selectFrom('organisation.joint_letter as j')
      .innerJoin('organisation.lead as l', 'l.id', 'j.lead_id')
      .innerJoin('organisation.employer as e', 'e.id', 'l.employer_id')
      .innerJoin('tenancy.federation as f', 'f.id', 'j.tenant_id')
      .$if(leadId !== undefined, (query) => query.where('j.lead_id', '=', leadId ?? 0))
      .select(['j.id', 'j.tenant_id as tenantId', 'j.lead_id as leadId', 'j.letter_no as letterNo', 'j.departments'])
      .select(['j.sent_on as sentOn', 'j.due_on as dueOn', 'j.outcome_on as outcomeOn', 'f.short_name as body'])
      .select(['e.name as employer', 'e.name_key as nameKey', 'l.refusal_reason as refusalReason'])
      .select((eb) =>
        sql<
          'open' | 'overdue'
        >`coalesce(${eb.ref('j.outcome')}, case when j.due_on < ${ctx.today}::date then 'overdue' else 'open' end)`.as(
          'state',
        ),
      ),
  search: (words) => sql`(r."nameKey" like ${likeName(words)} or r."letterNo" = ${words})`,
  order: sql`r."outcomeOn" is not null, r."dueOn"`,
})
