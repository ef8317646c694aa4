import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql, type Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import { z } from 'zod'
import { holdLead, moveLead } from './leads.ts'
import { likeName } from './names.ts'
import { listWithin, paging, within } from './scope.ts'
import { letterOutcomes } from './codes/employers.ts'

export const SendLetter = z.object({
  leadId: z.int().positive(),
  version: z.int().min(1),
  letterNo: z.string().trim().min(1).max(60),
  departments: z.array(z.string().trim().min(2).max(60)).min(1).max(12),
  sentOn: z.iso.date(),
  dueOn: z.iso.date(),
})
export const AnswerLetter = z.object({
  letterId: z.int().positive(),
  outcome: z.enum(letterOutcomes),
  on: z.iso.date(),
  note: z.string().trim().max(500).default(''),
})

export type JointLetter = Selectable<DB['organisation.joint_letter']>

/**
 * A letter of several departments to an employer that refuses (M054, ORG-19): the union is asked for by a day.
 *
 * @throws DomainError conflict where nobody refused, or the number is used; invalid for days out of order
 */
export async function sendLetter(
  ctx: TenantContext,
  input: z.output<typeof SendLetter>,
): Promise<{ letterId: number }> {
  requirePermission(ctx, 'organisation:write')
  const lead = await holdLead(ctx, input.leadId, input.version)
  if (lead.state !== 'refused') throw new DomainError('conflict', 'organisation.letter.notRefused')
  if (input.sentOn > ctx.today || input.sentOn < (lead.refused_on ?? input.sentOn) || input.dueOn <= input.sentOn)
    throw new DomainError('invalid', 'organisation.day', { fields: [{ path: 'dueOn', key: 'organisation.day' }] })
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
  if (!letter)
    throw new DomainError('conflict', 'organisation.letter.numberTaken', {
      fields: [{ path: 'letterNo', key: 'organisation.letter.numberTaken' }],
    })
  await recordAudit(ctx, {
    action: 'letter.send',
    objectKind: 'letter',
    objectId: letter.id,
    after: { lead: lead.id, departments: input.departments, dueOn: input.dueOn },
  })
  return { letterId: letter.id }
}

/**
 * What came of a letter. An employer that complies is in contact again; otherwise its lead stays refused, for the next letter or the
 * labour authority.
 *
 * @throws DomainError conflict for a letter that has its outcome
 */
export async function answerLetter(
  ctx: TenantContext,
  input: z.output<typeof AnswerLetter>,
): Promise<{ leadVersion: number }> {
  requirePermission(ctx, 'organisation:write')
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
  if (input.on < letter.sent_on || input.on > ctx.today)
    throw new DomainError('invalid', 'organisation.day', { fields: [{ path: 'on', key: 'organisation.day' }] })
  if (input.outcome === 'no_reply' && input.on <= letter.due_on)
    throw new DomainError('invalid', 'organisation.letter.notDue', { params: { due: letter.due_on } })
  await ctx.db
    .updateTable('organisation.joint_letter')
    .set({ outcome: input.outcome, outcome_on: input.on, note: input.note })
    .where('id', '=', letter.id)
    .execute()
  await recordAudit(ctx, {
    action: 'letter.answer',
    objectKind: 'letter',
    objectId: letter.id,
    after: { outcome: input.outcome, on: input.on },
  })
  const lead = await holdLead(ctx, letter.lead_id)
  if (input.outcome !== 'complied' || lead.state !== 'refused') return { leadVersion: lead.version }
  return { leadVersion: await moveLead(ctx, lead, 'contacted', { on: input.on, reason: letter.letter_no }) }
}

export const ListLetters = z.object({
  /** Of the employer's name, or the whole number of the letter. */
  search: z.string().trim().max(80).default(''),
  open: z.enum(['all', 'open', 'overdue']).default('all'),
  leadId: z.int().positive().optional(),
  ...within,
  ...paging,
})

export type ListedLetter = JointLetter & {
  /** The federation that wrote it. */
  bodyName: string
  employerName: string
  refusalReason: string
  isOverdue: boolean
}

/** Joint letters in sight, those without an outcome first, the earliest deadline on top. */
export async function listLetters(
  ctx: TenantContext,
  input: z.output<typeof ListLetters>,
): Promise<{ rows: ListedLetter[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db
    .selectFrom('organisation.joint_letter as j')
    .innerJoin('organisation.lead as l', 'l.id', 'j.lead_id')
    .innerJoin('organisation.employer as e', 'e.id', 'l.employer_id')
    .innerJoin('tenancy.federation as f', 'f.id', 'j.tenant_id')
  if (bodies) query = query.where('j.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.leadId !== undefined) query = query.where('j.lead_id', '=', input.leadId)
  if (input.search !== '')
    query = query.where((eb) =>
      eb.or([eb('e.name_key', 'like', likeName(input.search)), eb('j.letter_no', '=', input.search)]),
    )
  if (input.open !== 'all') query = query.where('j.outcome', 'is', null)
  if (input.open === 'overdue') query = query.where('j.due_on', '<', ctx.today)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .selectAll('j')
    .select([
      'f.short_name as bodyName',
      'e.name as employerName',
      'l.refusal_reason as refusalReason',
      sql<boolean>`j.outcome is null and j.due_on < ${ctx.today}::date`.as('isOverdue'),
    ])
    .orderBy(sql`j.outcome is not null, j.due_on, j.id`)
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}
