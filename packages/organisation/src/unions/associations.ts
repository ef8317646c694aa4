import { DomainError, found, paging, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { associationKinds, checkDay, holdUnion, isOneOf } from './union-states.ts'

export const JoinAssociation = z.object({
  associationId: z.int().positive(),
  unionId: z.int().positive(),
  on: z.iso.date(),
})
export const LeaveAssociation = JoinAssociation.extend({})

/**
 * A union becomes a member of a regional or industry association (区域、行业工会联合会, M094): it stays a union of its own and is
 * counted once.
 *
 * @throws DomainError conflict for one that is a member already, or is itself an association's kin
 */
export async function joinAssociation(ctx: TenantContext, input: z.output<typeof JoinAssociation>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const association = await holdUnion(ctx, input.associationId)
  const union = await holdUnion(ctx, input.unionId)
  const isMember = union.kind.startsWith('BASIC') || union.kind === 'ORGANISER_ONLY'
  if (!isOneOf(associationKinds, association.kind) || !isMember)
    throw new DomainError('invalid', 'organisation.association.kind', {
      fields: [{ path: 'unionId', key: 'organisation.association.kind' }],
    })
  if (association.state !== 'active' || union.state !== 'active')
    throw new DomainError('conflict', 'organisation.union.notActive')
  checkDay(ctx, 'on', input.on, association.founded_on)
  const row = await ctx.db
    .insertInto('organisation.association_member')
    .values({ tenant_id: ctx.tenantId, association_id: association.id, union_id: union.id, valid_from: input.on })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new DomainError('conflict', 'organisation.association.member')
  await recordAudit(ctx, {
    action: 'association.join',
    objectKind: 'union',
    objectId: union.id,
    after: { association: association.id, on: input.on },
  })
}

/** @throws DomainError not_found for a union that is no member today */
export async function leaveAssociation(ctx: TenantContext, input: z.output<typeof LeaveAssociation>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const row = found(
    await ctx.db
      .selectFrom('organisation.association_member')
      .select(['id', 'valid_from'])
      .where('association_id', '=', input.associationId)
      .where('union_id', '=', input.unionId)
      .where('tenant_id', '=', ctx.tenantId)
      .where('valid_to', 'is', null)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.association.notMember',
  )
  if (input.on <= row.valid_from || input.on > ctx.today)
    throw new DomainError('invalid', 'organisation.day', { fields: [{ path: 'on', key: 'organisation.day' }] })
  await ctx.db
    .updateTable('organisation.association_member')
    .set({ valid_to: input.on })
    .where('id', '=', row.id)
    .execute()
  await recordAudit(ctx, {
    action: 'association.leave',
    objectKind: 'union',
    objectId: input.unionId,
    after: { association: input.associationId },
  })
}

export const ListAssociation = z.object({ associationId: z.int().positive(), ...paging })

/** The unions an association consists of today. */
export async function listAssociation(
  ctx: TenantContext,
  input: z.output<typeof ListAssociation>,
): Promise<{ rows: { unionId: number; name: string; code: string | null; since: string }[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const members = ctx.db
    .selectFrom('organisation.association_member as m')
    .innerJoin('organisation.trade_union as u', 'u.id', 'm.union_id')
    .where('m.association_id', '=', input.associationId)
    .where('m.valid_to', 'is', null)
  const { total } = await members.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await members
    .select(['u.id as unionId', 'u.name', 'u.code', 'm.valid_from as since'])
    .orderBy('u.code')
    .orderBy('u.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}
