import { DomainError, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { wakeFeeds } from '@gonglian/indicators'
import { z } from 'zod'
import { checkDay, holdUnion } from './union-states.ts'

export const AccreditUnion = z.object({
  unionId: z.int().positive(),
  version: z.int().min(1),
  certificateNo: z.string().trim().min(4).max(40),
  on: z.iso.date(),
})

/**
 * Registers a union as a legal person (工会法人资格, ORG-20): the superior does, with the number of the certificate.
 *
 * @throws DomainError conflict for a union that is not at work, for a certificate that another has
 */
export async function accreditUnion(
  ctx: TenantContext,
  input: z.output<typeof AccreditUnion>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:approve')
  const union = await holdUnion(ctx, input.unionId, input.version)
  if (union.state !== 'active' || union.kind === 'GROUP' || union.kind === 'WORK_COMMITTEE')
    throw new DomainError('conflict', 'organisation.union.notActive')
  checkDay(ctx, 'on', input.on, union.founded_on)
  const taken = await ctx.db
    .selectFrom('organisation.trade_union')
    .select('id')
    .where('tenant_id', '=', ctx.tenantId)
    .where('legal_person_no', '=', input.certificateNo)
    .where('id', '<>', union.id)
    .executeTakeFirst()
  if (taken)
    throw new DomainError('conflict', 'organisation.union.certificateTaken', {
      fields: [{ path: 'certificateNo', key: 'organisation.union.certificateTaken' }],
    })
  const version = union.version + 1
  await ctx.db
    .updateTable('organisation.trade_union')
    .set({ legal_person_no: input.certificateNo, legal_person_on: input.on, version })
    .where('id', '=', union.id)
    .execute()
  await recordAudit(ctx, {
    action: 'union.accredit',
    objectKind: 'union',
    objectId: union.id,
    after: { certificate: input.certificateNo, on: input.on },
  })
  wakeFeeds(ctx)
  return { version }
}
