import { defineApproval } from '@gonglian/approvals'
import { DomainError, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { Slate } from '../terms/slates.ts'
import { followLead, takeCode } from '../unions/founding-steps.ts'
import { unionLimits } from '../unions/union-limits.ts'
import { moveUnion, unionKinds, type UnionRow } from '../unions/union-states.ts'
import { showSeats, showStands } from './stands.ts'

async function holdApplied(ctx: TenantContext, unionId: number): Promise<UnionRow> {
  return ctx.db
    .selectFrom('organisation.trade_union')
    .selectAll()
    .where('id', '=', unionId)
    .where('tenant_id', '=', ctx.tenantId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** Who is to be elected at the founding, and by whom; none for a body that is dispatched (工委). */
export const FoundingCongress = Slate.omit({ memberCount: true }).nullable()

/** What is applied for: the founding asks for none of it again. */
export const FoundingTyped = z.object({
  name: z.string(),
  kind: z.enum(unionKinds),
  on: z.iso.date(),
  members: z.int(),
  papers: z.array(z.enum(['form', 'memberList', 'candidateList'])).default([]),
  congress: FoundingCongress.default(null),
})

/**
 * The founding of a union (ORG-01, ORG-03, ORG-05): its approval gives the union its number. In the register of a township the county approves, unless it has
 * entrusted the township.
 */
export const unionFounding = defineApproval({
  key: 'union.founding',
  permission: 'organisation:write',
  slots: ['form', 'memberList'],
  days: unionLimits.approvalDays,
  typed: FoundingTyped,
  show: ({ name, kind, on, members, papers, congress }) => ({
    facts: [
      { label: 'unions.name', value: name },
      { label: 'unions.kind', value: kind, words: 'unions.kind' },
      { label: 'approvals.appliedOn', value: on },
      { label: 'approvals.union.members', value: String(members) },
      ...papers.map((paper) => ({ label: `approvals.slot.${paper}`, value: 'complete', words: 'approvals.paper' })),
      ...(congress === null
        ? []
        : [
            { label: 'slate.electorate', value: congress.electorate, words: 'slate.electorate' },
            { label: 'approvals.election.eligible', value: String(congress.eligible) },
            { label: 'approvals.election.years', value: String(congress.termYears) },
            ...showSeats(congress.bodies),
          ]),
    ],
    tables: showStands(congress?.bodies ?? []),
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
  release: async (ctx, { objectId, reason }) => {
    const union = await holdApplied(ctx, objectId)
    if (union.state !== 'applied') return
    await moveUnion(ctx, union, 'preparatory', { applied_on: null }, { reason, details: { on: ctx.today } })
    await followLead(ctx, union.id, 'preparing', ctx.today, reason)
  },
})
