import { applyFor } from '@gonglian/approvals'
import { GivenFiles } from '@gonglian/files'
import { DomainError, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { findLevel } from '../approvals/levels.ts'
import { unionAccreditation } from '../approvals/union-accreditation.ts'
import { holdUnion, type UnionRow } from './union-states.ts'

function requireActive(union: UnionRow): void {
  if (union.state !== 'active' || union.kind === 'GROUP' || union.kind === 'WORK_COMMITTEE')
    throw new DomainError('conflict', 'organisation.union.notActive')
}

export const ApplyAccreditation = z.object({
  unionId: z.int().positive(),
  version: z.int().min(1),
  files: GivenFiles.default([]),
})

/**
 * Applies for the registration of a union of the register as a legal person (工会法人资格, ORG-20): a federation of county level or above registers, a township applies
 * to it. The number of the paper is that of the certificate.
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
  if (union.legal_person_no !== '') throw new DomainError('conflict', 'organisation.union.accredited')
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
