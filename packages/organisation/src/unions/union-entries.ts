import { DomainError, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { requireOwnLevel } from '../approvals/levels.ts'
import { lockEmployers } from '../coverage/coverage.ts'
import type { WrittenItem } from '../imports/declaration.ts'
import { recordStep } from '../steps.ts'
import { takeCode } from './founding-steps.ts'
import { readFields, refuseTakenName, type UnionFields } from './union-drafts.ts'
import { fillHeadcount } from './union-headcounts.ts'
import { associationKinds, isOneOf } from './union-states.ts'
import type { z } from 'zod'

export type EnteredUnion = {
  readonly fields: z.output<typeof UnionFields>
  readonly approvedOn: string
  readonly approvalNo: string
  readonly foundedOn: string
  readonly coveredIds: readonly number[]
}

/**
 * Enters a union that was approved and founded before this register was kept: the approval that it names stands for the application, the number
 * of the register is new (ORG-03). Its employers are covered from its founding.
 *
 * @throws DomainError what `draftUnion` refuses; conflict organisation.decidedAbove, organisation.coverage.taken
 */
export async function enterUnion(
  ctx: TenantContext,
  { fields, approvedOn, approvalNo, foundedOn, coveredIds }: EnteredUnion,
): Promise<{ unionId: number; version: number; items: WrittenItem[] }> {
  requirePermission(ctx, 'organisation:approve')
  await requireOwnLevel(ctx, { kind: 'founding' })
  const columns = await readFields(ctx, fields)
  // What the register of employers knows, stays; a file that says otherwise is no correction of it.
  await fillHeadcount(ctx, columns)
  await refuseTakenName(ctx, columns.name_key)
  const code = await takeCode(ctx)
  const union = await ctx.db
    .insertInto('organisation.trade_union')
    .values({
      ...columns,
      tenant_id: ctx.tenantId,
      state: 'active',
      code,
      applied_on: approvedOn,
      approved_on: approvedOn,
      approval_no: approvalNo,
      founded_on: foundedOn,
    })
    // Somebody may enter the same name at this moment.
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'version'])
    .executeTakeFirst()
  if (!union)
    throw new DomainError('conflict', 'organisation.union.nameTaken', {
      fields: [{ path: 'name', key: 'organisation.union.nameTaken' }],
    })
  await recordStep(ctx, {
    kind: 'union',
    id: union.id,
    from: '',
    to: 'active',
    details: { kind: fields.kind, on: foundedOn, approvalNo, code, imported: true },
  })
  const items: WrittenItem[] = [{ kind: 'union', id: union.id, version: union.version }]
  const isJoint = fields.kind === 'BASIC_JOINT'
  const isAssociation = isOneOf(associationKinds, fields.kind)
  if (isJoint || isAssociation)
    items.push(...(await cover(ctx, union.id, coveredIds, isJoint ? 'joint' : 'association', foundedOn)))
  else if (columns.employer_id !== null && ['BASIC_SINGLE', 'ORGANISER_ONLY'].includes(fields.kind))
    items.push(...(await cover(ctx, union.id, [columns.employer_id], 'own', foundedOn)))
  if (fields.kind !== 'WORK_COMMITTEE' && fields.kind !== 'ORGANISER_ONLY')
    items.push(await formCommittee(ctx, union.id, foundedOn))
  return { unionId: union.id, version: union.version, items }
}

/** An employer is in one basic union only, its own or a joint one. */
async function cover(
  ctx: TenantContext,
  unionId: number,
  employerIds: readonly number[],
  mode: 'own' | 'joint' | 'association',
  from: string,
): Promise<WrittenItem[]> {
  await lockEmployers(ctx, employerIds)
  if (mode !== 'association') {
    const taken = await ctx.db
      .selectFrom('organisation.covered_unit as c')
      .innerJoin('organisation.trade_union as u', 'u.id', 'c.union_id')
      .select('u.name')
      .where('c.employer_id', 'in', employerIds)
      .where('c.valid_to', 'is', null)
      .where('c.mode', 'in', ['own', 'joint'])
      .limit(1)
      .executeTakeFirst()
    if (taken) {
      const key = 'organisation.coverage.taken'
      const params = { union: taken.name }
      const path = mode === 'own' ? 'employer' : 'covered'
      throw new DomainError('conflict', key, { params, fields: [{ path, key, params }] })
    }
  }
  const rows = await ctx.db
    .insertInto('organisation.covered_unit')
    .values(
      employerIds.map((employerId) => ({
        tenant_id: ctx.tenantId,
        union_id: unionId,
        employer_id: employerId,
        mode,
        valid_from: from,
      })),
    )
    .returning('id')
    .execute()
  return rows.map(({ id }) => ({ kind: 'covered_unit', id, version: null }))
}

async function formCommittee(ctx: TenantContext, unionId: number, on: string): Promise<WrittenItem> {
  const { id } = await ctx.db
    .insertInto('organisation.companion_body')
    .values({ tenant_id: ctx.tenantId, union_id: unionId, kind: 'union_committee', formed_on: on })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { kind: 'companion_body', id, version: null }
}
