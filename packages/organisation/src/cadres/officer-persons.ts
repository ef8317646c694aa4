import { found, recordOpening, requirePermission, OpeningReason, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'

export const OpenOfficer = z.object({ officerId: z.int().positive(), reason: OpeningReason })

/**
 * Shows the numbers of an officer of an own union (14.1): with a reason, noted where the body reads who looked.
 *
 * @throws DomainError not_found
 */
export async function openOfficer(
  ctx: TenantContext,
  input: z.output<typeof OpenOfficer>,
): Promise<{ idNumber: string | null; mobile: string | null }> {
  requirePermission(ctx, 'member:open')
  const row = found(
    await ctx.db
      .selectFrom('organisation.officer_person')
      .select(['tenant_id', 'id_sealed', 'mobile_sealed'])
      .where('officer_id', '=', input.officerId)
      .executeTakeFirst(),
  )
  await recordOpening(ctx, {
    ownerId: row.tenant_id,
    objectKind: 'officer',
    objectId: input.officerId,
    fields: ['idNumber', 'mobile'],
    reason: input.reason,
  })
  return {
    idNumber: row.id_sealed && ctx.vault.open('member.id_number', row.id_sealed),
    mobile: row.mobile_sealed && ctx.vault.open('member.mobile', row.mobile_sealed),
  }
}
