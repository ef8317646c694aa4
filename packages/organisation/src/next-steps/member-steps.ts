import { defineNextStep, showNextSteps, type FoundStep, type NextStep } from '@gonglian/tasks'
import { found, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { listSteps } from '../steps.ts'
import { listMissingParts, memberId, selectMembers, type MemberRow } from '../members/members.ts'

const kinds = {
  approve: defineNextStep({ key: 'members.next.approve', permission: 'member:write', where: 'here' }),
  transfer: defineNextStep({ key: 'members.next.transfer', permission: 'member:write', where: 'elsewhere' }),
  complete: defineNextStep({ key: 'members.next.complete', permission: 'member:write', where: 'here' }),
  card: defineNextStep({ key: 'members.next.card', permission: 'member:write', where: 'here' }),
  reemploy: defineNextStep({ key: 'members.next.reemploy', permission: 'member:write', where: 'here' }),
}
export const memberStepKinds = Object.values(kinds)

export const FindNextMemberSteps = z.object({ memberId })

/**
 * What a membership waits for: its approval, a transfer at the other union, what its record lacks, a card, the return of one that is retained.
 *
 * @throws DomainError not_found, also for rows of other bodies
 */
export async function findNextMemberSteps(
  ctx: TenantContext,
  input: z.output<typeof FindNextMemberSteps>,
): Promise<{ steps: NextStep[] }> {
  requirePermission(ctx, 'member:read')
  const row = found(await selectMembers(ctx).where('m.id', '=', input.memberId).executeTakeFirst())
  return { steps: await showNextSteps(ctx, await findSteps(ctx, row)) }
}

async function findSteps(ctx: TenantContext, row: MemberRow): Promise<FoundStep[]> {
  const own = { bodyId: row.tenant_id }
  const complete = listMissingParts(row).length > 0 ? [{ ...own, kind: kinds.complete }] : []
  if (row.state === 'applied') return [{ ...own, kind: kinds.approve, since: row.applied_on }, ...complete]
  if (row.state !== 'active' && row.state !== 'retained') return []
  return [
    ...(await findTransferStep(ctx, row)),
    ...complete,
    ...(row.card_no === null ? [{ ...own, kind: kinds.card, since: row.joined_on }] : []),
    // The retired stay retained (MEM-04): nothing is due about them.
    ...(row.state === 'retained' && row.retained_for !== 'retired'
      ? [
          {
            ...own,
            kind: kinds.reemploy,
            about: `members.retain.${row.retained_for}`,
            since: await findRetainedDay(ctx, row),
          },
        ]
      : []),
  ]
}

/** Until the other union answers, the member counts here, and nothing is to be done here. */
async function findTransferStep(ctx: TenantContext, row: MemberRow): Promise<FoundStep[]> {
  const open = await ctx.db
    .selectFrom('organisation.transfer')
    .select(['to_tenant_id', 'to_body', 'to_union', 'requested_on', 'expires_on'])
    .where('from_tenant_id', '=', ctx.tenantId)
    .where('member_id', '=', row.id)
    .where('state', '=', 'requested')
    .executeTakeFirst()
  if (open === undefined) return []
  return [
    {
      kind: kinds.transfer,
      bodyId: open.to_tenant_id,
      bodyName: open.to_body,
      params: { union: open.to_union },
      since: open.requested_on,
      due: open.expires_on,
      to: '/organisation/transfers?direction=received&transfers.is.state=requested',
    },
  ]
}

const Details = z.object({ on: z.iso.date() })

async function findRetainedDay(ctx: TenantContext, row: MemberRow): Promise<string | null> {
  const step = (await listSteps(ctx, 'member', row.id)).findLast(({ to }) => to === 'retained')
  return Details.safeParse(step?.details).data?.on ?? null
}
