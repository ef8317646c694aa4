import { defineApproval } from '@gonglian/approvals'
import { DomainError, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { followLead, takeCode } from '../unions/founding-steps.ts'
import { unionLimits } from '../unions/union-limits.ts'
import { moveUnion, unionKinds, type UnionRow } from '../unions/union-states.ts'

async function holdApplied(ctx: TenantContext, unionId: number): Promise<UnionRow> {
  return ctx.db
    .selectFrom('organisation.trade_union')
    .selectAll()
    .where('id', '=', unionId)
    .where('tenant_id', '=', ctx.tenantId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** The founding of a union in the register of a township (ORG-01, ORG-03, ORG-05): approved by the county, which gives the union its number. */
export const unionFounding = defineApproval({
  key: 'union.founding',
  permission: 'organisation:write',
  slots: ['form', 'memberList'],
  days: unionLimits.approvalDays,
  typed: z.object({
    name: z.string(),
    kind: z.enum(unionKinds),
    on: z.iso.date(),
    members: z.int(),
    candidates: z.array(z.object({ name: z.string(), isNearRelative: z.boolean() })),
  }),
  show: ({ name, kind, on, members, candidates }) => ({
    facts: [
      { label: 'unions.name', value: name },
      { label: 'unions.kind', value: kind, words: 'unions.kind' },
      { label: 'approvals.appliedOn', value: on },
      { label: 'approvals.union.members', value: String(members) },
    ],
    tables:
      candidates.length === 0
        ? []
        : [
            {
              label: 'approvals.slot.candidateList',
              columns: ['approvals.candidate.name'],
              rows: candidates.map((one) => [one.name]),
            },
          ],
  }),
  approve: async (ctx, { objectId }, _typed, { paperNo, on }) => {
    const union = await holdApplied(ctx, objectId)
    if (union.state !== 'applied')
      throw new DomainError('conflict', 'organisation.union.move', { params: { from: union.state, to: 'approved' } })
    const code = union.code ?? (await takeCode(ctx))
    await moveUnion(
      ctx,
      union,
      'approved',
      { approved_on: on, approval_no: paperNo, code },
      { details: { on, approvalNo: paperNo, code } },
    )
    await followLead(ctx, union.id, 'approved', on)
  },
  release: async (ctx, { objectId }, _typed, how) => {
    const union = await holdApplied(ctx, objectId)
    if (union.state !== 'applied') return
    await moveUnion(ctx, union, 'preparatory', { applied_on: null }, { reason: how, details: { on: ctx.today } })
    await followLead(ctx, union.id, 'preparing', ctx.today, how)
  },
})
