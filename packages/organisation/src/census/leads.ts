import {
  DomainError,
  found,
  listWithin,
  paging,
  recordAudit,
  requirePermission,
  type TenantContext,
  within,
} from '@gonglian/tenancy'
import { wakeFeeds } from '@gonglian/indicators'
import { sql, type Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import { z } from 'zod'
import { isUnionised } from './census.ts'
import { likeName } from '../numbers/names.ts'
import { readLimit } from '../limits.ts'
import { recordStep } from '../steps.ts'
import { unionLimits } from '../unions/union-limits.ts'
import { leadStates } from '../codes/employers.ts'
export { leadStates } from '../codes/employers.ts'

export type LeadState = (typeof leadStates)[number]

/** Handbook 5.3. `applied`, `approved` and `founded` follow the union that is applied for. */
export const leadMoves: Readonly<Record<LeadState, readonly LeadState[]>> = {
  found: ['contacted', 'refused', 'exempt', 'closed'],
  contacted: ['preparing', 'refused', 'exempt', 'closed'],
  preparing: ['applied', 'refused', 'exempt', 'closed'],
  applied: ['approved', 'preparing', 'refused', 'closed'],
  approved: ['founded', 'refused', 'closed'],
  refused: ['contacted', 'exempt', 'closed'],
  founded: [],
  exempt: [],
  closed: [],
}

export type Lead = Selectable<DB['organisation.lead']>

/** A lead of the body's own, held until the end of the transaction. */
export async function holdLead(ctx: TenantContext, leadId: number, version?: number): Promise<Lead> {
  const row = found(
    await ctx.db
      .selectFrom('organisation.lead')
      .selectAll()
      .where('id', '=', leadId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.lead.notFound',
  )
  if (version !== undefined && row.version !== version) throw new DomainError('conflict', 'errors.conflict')
  return row
}

/**
 * Moves a held lead along; the day of the move stands in the column of the new state.
 *
 * @throws DomainError conflict for a move that handbook 5.3 does not know; invalid for a day to come or before the lead was found
 */
export async function moveLead(
  ctx: TenantContext,
  lead: Lead,
  to: LeadState,
  input: { on: string; reason?: string; unionId?: number },
): Promise<number> {
  if (!leadMoves[lead.state].includes(to))
    throw new DomainError('conflict', 'organisation.lead.move', { params: { from: lead.state, to } })
  if (input.on > ctx.today || input.on < lead.found_on)
    throw new DomainError('invalid', 'organisation.day', { fields: [{ path: 'on', key: 'organisation.day' }] })
  const isEnd = to === 'founded' || to === 'exempt' || to === 'closed'
  const row = await ctx.db
    .updateTable('organisation.lead')
    .set({
      state: to,
      version: lead.version + 1,
      ...(to === 'contacted' ? { contacted_on: input.on } : {}),
      ...(to === 'preparing' ? { preparing_on: input.on } : {}),
      ...(to === 'applied' ? { applied_on: input.on } : {}),
      ...(to === 'approved' ? { approved_on: input.on } : {}),
      ...(to === 'founded' ? { founded_on: input.on } : {}),
      ...(to === 'refused' ? { refused_on: input.on, refusal_reason: input.reason ?? '' } : {}),
      ...(isEnd ? { ended_on: input.on, end_reason: input.reason ?? '' } : {}),
      ...(input.unionId === undefined ? {} : { union_id: input.unionId }),
    })
    .where('id', '=', lead.id)
    .returning('version')
    .executeTakeFirstOrThrow()
  await recordStep(ctx, {
    kind: 'lead',
    id: lead.id,
    from: lead.state,
    to,
    ...(input.reason === undefined ? {} : { reason: input.reason }),
    details: { on: input.on },
  })
  return row.version
}

export const OpenLeads = z.object({
  /** From a list: its employers alone. */
  listId: z.int().positive().optional(),
  employerIds: z.array(z.int().positive()).max(5000).default([]),
  /** Default: ORG-01. */
  headcountFrom: z.int().min(0).max(2_000_000).optional(),
  assignedTo: z.string().trim().max(60).default(''),
  dueOn: z.iso.date().optional(),
})

/**
 * Opens a lead for each employer that should have a union and has none, of a list, or for those named (whatever their size). Who has an
 * open lead keeps it.
 *
 * @returns how many were opened
 */
export async function openLeads(ctx: TenantContext, input: z.output<typeof OpenLeads>): Promise<{ opened: number }> {
  requirePermission(ctx, 'organisation:write')
  const least = input.headcountFrom ?? (await readLimit(ctx, unionLimits.mustFoundFrom))
  const chosen =
    input.employerIds.length > 0
      ? sql<boolean>`e.id = any (${input.employerIds}::bigint[])`
      : sql<boolean>`e.headcount >= ${least} and not ${isUnionised(ctx.today)}`
  const ofList =
    input.listId === undefined
      ? sql<boolean>`true`
      : sql<boolean>`e.id in (select r.employer_id from organisation.list_row r where r.list_id = ${input.listId} and r.outcome <> 'dropped')`
  const { rows } = await sql<{ id: number }>`
    insert into organisation.lead (tenant_id, employer_id, list_id, assigned_to, due_on, found_on)
    select e.tenant_id, e.id, ${input.listId ?? null}, ${input.assignedTo}, ${input.dueOn ?? null}, ${ctx.today}
    from organisation.employer e
    where e.tenant_id = ${ctx.tenantId} and e.ended_on is null and ${ofList} and ${chosen}
    on conflict do nothing
    returning id`.execute(ctx.db)
  await sql`
    insert into organisation.step (tenant_id, object_kind, object_id, to_state, actor)
    select ${ctx.tenantId}, 'lead', id, 'found', ${ctx.actor.kind === 'user' ? ctx.actor.username : 'system'}
    from unnest(${rows.map((row) => row.id)}::bigint[]) id`.execute(ctx.db)
  await recordAudit(ctx, {
    action: 'lead.open',
    objectKind: 'lead',
    objectId: input.listId ?? '',
    after: { opened: rows.length, asked: input.employerIds.length },
  })
  wakeFeeds(ctx)
  return { opened: rows.length }
}

export const AssignLead = z.object({
  leadId: z.int().positive(),
  version: z.int().min(1),
  assignedTo: z.string().trim().min(1).max(60),
  dueOn: z.iso.date().nullable().default(null),
})

/** Says who is to bring about a union in this employer, and by when. */
export async function assignLead(ctx: TenantContext, input: z.output<typeof AssignLead>): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const lead = await holdLead(ctx, input.leadId, input.version)
  if (lead.ended_on !== null) throw new DomainError('conflict', 'organisation.lead.ended')
  const version = lead.version + 1
  await ctx.db
    .updateTable('organisation.lead')
    .set({ assigned_to: input.assignedTo, due_on: input.dueOn, version })
    .where('id', '=', lead.id)
    .execute()
  await recordStep(ctx, { kind: 'lead', id: lead.id, from: lead.state, to: lead.state, details: { assigned: true } })
  return { version }
}

const step = { leadId: z.int().positive(), version: z.int().min(1), on: z.iso.date() }
export const RefuseLead = z.object({ ...step, reason: z.string().trim().min(2).max(300) })
export const EndLead = z.object({
  ...step,
  to: z.enum(['exempt', 'closed']),
  reason: z.string().trim().min(2).max(300),
})

/** The employer refuses (钉子户): with its reason, so that departments can write to it together (M054). */
export async function refuseLead(ctx: TenantContext, input: z.output<typeof RefuseLead>): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const lead = await holdLead(ctx, input.leadId, input.version)
  return { version: await moveLead(ctx, lead, 'refused', input) }
}

/** Exempt: no staff, no own premises; closed: the employer is gone. */
export async function endLead(ctx: TenantContext, input: z.output<typeof EndLead>): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const lead = await holdLead(ctx, input.leadId, input.version)
  return { version: await moveLead(ctx, lead, input.to, input) }
}

export const ListLeads = z.object({
  states: z.array(z.enum(leadStates)).max(9).default([]),
  search: z.string().trim().max(80).default(''),
  headcountFrom: z.int().min(0).max(2_000_000).optional(),
  listId: z.int().positive().optional(),
  leadId: z.int().positive().optional(),
  overdue: z.boolean().default(false),
  sort: z.enum(['newest', 'headcount', 'due']).default('headcount'),
  ...within,
  ...paging,
})

export type ListedLead = Lead & {
  /** The federation that keeps it. */
  bodyName: string
  employerName: string
  headcount: number | null
  park: string
  openLetters: number
}

/** Leads in sight with their employers, and how many stand at each stage under the same filters. */
export async function listLeads(
  ctx: TenantContext,
  input: z.output<typeof ListLeads>,
): Promise<{ rows: ListedLead[]; total: number; counts: Partial<Record<LeadState, number>> }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db
    .selectFrom('organisation.lead as l')
    .innerJoin('organisation.employer as e', 'e.id', 'l.employer_id')
  if (bodies) query = query.where('l.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.search !== '') query = query.where('e.name_key', 'like', likeName(input.search))
  if (input.headcountFrom !== undefined) query = query.where('e.headcount', '>=', input.headcountFrom)
  if (input.listId !== undefined) query = query.where('l.list_id', '=', input.listId)
  if (input.leadId !== undefined) query = query.where('l.id', '=', input.leadId)
  if (input.overdue) query = query.where('l.ended_on', 'is', null).where('l.due_on', '<', ctx.today)
  const counted = await query
    .select(['l.state', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('l.state')
    .execute()
  const counts: Partial<Record<LeadState, number>> = {}
  for (const row of counted) counts[row.state] = row.count
  const chosen = input.states.length > 0 ? query.where('l.state', 'in', input.states) : query
  const order = {
    newest: sql`l.id desc`,
    headcount: sql`e.headcount desc nulls last, l.id`,
    due: sql`l.due_on nulls last, l.id`,
  }[input.sort]
  const rows = await chosen
    .innerJoin('tenancy.federation as f', 'f.id', 'l.tenant_id')
    .selectAll('l')
    .select([
      'f.short_name as bodyName',
      'e.name as employerName',
      'e.headcount',
      'e.park',
      sql<number>`(select count(*) from organisation.joint_letter j where j.lead_id = l.id and j.outcome is null)`.as(
        'openLetters',
      ),
    ])
    .orderBy(order)
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  const states: readonly LeadState[] = input.states.length > 0 ? input.states : leadStates
  return { rows, total: states.reduce((sum, state) => sum + (counts[state] ?? 0), 0), counts }
}
