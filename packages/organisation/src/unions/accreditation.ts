import { applyFor } from '@gonglian/approvals'
import { GivenFiles } from '@gonglian/files'
import { DomainError, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { wakeFeeds } from '@gonglian/indicators'
import { z } from 'zod'
import { findLevel, requireOwnLevel } from '../approvals/levels.ts'
import { unionAccreditation } from '../approvals/union-accreditation.ts'
import { checkDay, holdUnion, type UnionRow } from './union-states.ts'

export const AccreditUnion = z.object({
  unionId: z.int().positive(),
  version: z.int().min(1),
  certificateNo: z.string().trim().min(4).max(40),
  on: z.iso.date(),
})

/**
 * Registers a union as a legal person (工会法人资格, ORG-20), with the number of the certificate: a federation of county level or above does, for unions of its own
 * register. A township applies to it (`applyAccreditation`).
 *
 * @throws DomainError conflict organisation.decidedAbove; conflict for a union that is not at work, for a certificate that another has
 */
export async function accreditUnion(
  ctx: TenantContext,
  input: z.output<typeof AccreditUnion>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:approve')
  const union = await holdUnion(ctx, input.unionId, input.version)
  await requireOwnLevel(ctx, { kind: 'legalPerson' })
  requireActive(union)
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

function requireActive(union: UnionRow): void {
  if (union.state !== 'active' || union.kind === 'GROUP' || union.kind === 'WORK_COMMITTEE')
    throw new DomainError('conflict', 'organisation.union.notActive')
}

export const ApplyAccreditation = z.object({
  unionId: z.int().positive(),
  version: z.int().min(1),
  files: GivenFiles,
})

/**
 * Applies for the registration of a union of the register as a legal person, at the body that registers.
 *
 * @throws DomainError conflict for a union that is not at work or is registered; invalid approvals.paperMissing
 */
export async function applyAccreditation(
  ctx: TenantContext,
  input: z.output<typeof ApplyAccreditation>,
): Promise<{ applicationId: number; dueOn: string }> {
  requirePermission(ctx, 'organisation:write')
  const union = await holdUnion(ctx, input.unionId, input.version)
  requireActive(union)
  if (union.legal_person_no !== '') throw new DomainError('conflict', 'organisation.union.certificateTaken')
  return applyFor(ctx, unionAccreditation, {
    objectId: union.id,
    title: union.name,
    typed: {
      name: union.name,
      code: union.code ?? '',
      foundedOn: union.founded_on,
      members: union.headcount,
    },
    files: input.files,
    level: await findLevel(ctx, { kind: 'legalPerson' }),
  })
}
