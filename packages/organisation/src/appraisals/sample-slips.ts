import { withTenant, type Deps, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { CloseAppraisal, askEarlyClosing, closeAppraisal } from './appraisals.ts'
import { drawCode } from './group-codes.ts'
import { issueSlips, printSlips } from './slips.ts'
import { KeepGroupCode, drawGroupCode, keepGroupCode, membersToOpen } from './working-groups.ts'

/** Two persons of one body, by the one: an officer who orders, a leader who prints and closes. */
export function aPair(one: UserActor): { officer: UserActor; leader: UserActor } {
  return {
    officer: { ...one, username: `${one.username}-officer`, roles: ['officer'] },
    leader: { ...one, username: `${one.username}-leader`, roles: ['leader'] },
  }
}

/** A code as a member of a working group keeps it. */
export const aGroupCode = drawCode()

/** Each member of the working group takes a code and keeps it; with the last the key is made. */
export async function keepCodes(ctx: TenantContext, appraisalId: number): Promise<string[]> {
  const members = await ctx.db
    .selectFrom('organisation.group_member')
    .select('username')
    .where('appraisal_id', '=', appraisalId)
    .orderBy('id')
    .execute()
  const codes: string[] = []
  for (const { username } of members) {
    const actor: UserActor = {
      kind: 'user',
      accountId: 0,
      username,
      displayName: username,
      tenantId: ctx.tenantId,
      roles: ['officer'],
      locale: 'zh-CN',
      isProved: false,
      requestId: '',
      address: '',
    }
    const { code } = await drawGroupCode({ ...ctx, actor }, { appraisalId })
    await keepGroupCode({ ...ctx, actor }, KeepGroupCode.parse({ appraisalId, code }))
    codes.push(code)
  }
  return codes
}

/** Printed slips of an open appraisal, ordered by one and printed by another. */
export async function someSlips(deps: Deps, one: UserActor, appraisalId: number, count: number): Promise<string[]> {
  const { officer, leader } = aPair(one)
  const { orderId } = await withTenant(deps, officer, (ctx) => issueSlips(ctx, { appraisalId, count }))
  return (await withTenant(deps, leader, (ctx) => printSlips(ctx, { orderId }))).codes
}

/** Closes an appraisal whose last day is not over, as it takes two to do, with the codes of three members of its working group. */
export async function closeEarly(deps: Deps, one: UserActor, appraisalId: number, codes: readonly string[]) {
  const { officer, leader } = aPair(one)
  await withTenant(deps, officer, (ctx) => askEarlyClosing(ctx, { appraisalId, reason: '全体会员已到会' }))
  const input = CloseAppraisal.parse({ appraisalId, codes: codes.slice(0, membersToOpen) })
  return withTenant(deps, leader, (ctx) => closeAppraisal(ctx, input))
}
