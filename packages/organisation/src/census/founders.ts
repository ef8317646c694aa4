import { DomainError, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import type { Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import { z } from 'zod'
import { PersonName } from '../numbers/names.ts'
import { holdLead, moveLead } from './leads.ts'

const Person = z.object({
  name: PersonName,
  isPartyMember: z.boolean().default(false),
})

export const SendInstructor = z.object({
  leadId: z.int().positive(),
  name: PersonName,
  sentBy: z.string().trim().min(2).max(120),
  isPartyMember: z.boolean().default(false),
  on: z.iso.date(),
})
export const FormGroup = z.object({
  leadId: z.int().positive(),
  version: z.int().min(1),
  on: z.iso.date(),
  leader: Person,
  members: z.array(Person).max(40),
  /** Who the party organisation proposes as chair. */
  proposedChair: Person.optional(),
})

export type Founder = Selectable<DB['organisation.founder']>

/** Sends an instructor (工会工作指导员) to an employer without a union; the party organisation chooses them (M147). */
export async function sendInstructor(ctx: TenantContext, input: z.output<typeof SendInstructor>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const lead = await holdLead(ctx, input.leadId)
  if (lead.ended_on !== null) throw new DomainError('conflict', 'organisation.lead.ended')
  await ctx.db
    .insertInto('organisation.founder')
    .values({
      lead_id: lead.id,
      tenant_id: ctx.tenantId,
      name: input.name,
      part: 'instructor',
      sent_by: input.sentBy,
      is_party_member: input.isPartyMember,
      from_on: input.on,
    })
    .onConflict((conflict) => conflict.columns(['lead_id', 'name', 'part']).doNothing())
    .execute()
  await recordAudit(ctx, {
    action: 'lead.instruct',
    objectKind: 'lead',
    objectId: lead.id,
    after: { sentBy: input.sentBy },
  })
}

/** Three people begin a union, or an instructor stands by them (handbook 5.3). */
const fewestFounders = 3

/**
 * Forms the preparatory group (工会筹备组) of an employer that was won (M147): contacted -> preparing. Party members join first: when
 * some are proposed, they stand in the group.
 *
 * @throws DomainError invalid for fewer than three founders where no instructor was sent; conflict for a lead that is not in contact
 */
export async function formGroup(ctx: TenantContext, input: z.output<typeof FormGroup>): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const lead = await holdLead(ctx, input.leadId, input.version)
  const instructor = await ctx.db
    .selectFrom('organisation.founder')
    .select('id')
    .where('lead_id', '=', lead.id)
    .where('part', '=', 'instructor')
    .executeTakeFirst()
  const names = new Set([input.leader.name, ...input.members.map((member) => member.name)])
  if (names.size < fewestFounders && !instructor)
    throw new DomainError('invalid', 'organisation.lead.fewFounders', { params: { least: fewestFounders } })
  const version = await moveLead(ctx, lead, 'preparing', { on: input.on })
  // A group formed again after an application came back replaces the one before.
  await ctx.db
    .deleteFrom('organisation.founder')
    .where('lead_id', '=', lead.id)
    .where('part', '<>', 'instructor')
    .execute()
  const rows = [
    { ...input.leader, part: 'group_leader' as const },
    ...input.members
      .filter((one) => one.name !== input.leader.name)
      .map((one) => ({ ...one, part: 'group_member' as const })),
    ...(input.proposedChair ? [{ ...input.proposedChair, part: 'proposed_chair' as const }] : []),
  ]
  await ctx.db
    .insertInto('organisation.founder')
    .values(
      rows.map((one) => ({
        lead_id: lead.id,
        tenant_id: ctx.tenantId,
        name: one.name,
        part: one.part,
        is_party_member: one.isPartyMember,
        from_on: input.on,
      })),
    )
    .onConflict((conflict) => conflict.columns(['lead_id', 'name', 'part']).doNothing())
    .execute()
  return { version }
}

/** Who prepares the union; for the owner alone, superiors see no names. */
export async function listFounders(ctx: TenantContext, leadId: number): Promise<Founder[]> {
  requirePermission(ctx, 'organisation:read')
  return ctx.db
    .selectFrom('organisation.founder')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('tenant_id', '=', ctx.tenantId)
    .orderBy('id')
    .execute()
}
