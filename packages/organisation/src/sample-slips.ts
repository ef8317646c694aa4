import { withTenant, type Deps, type UserActor } from '@gonglian/tenancy'
import { askEarlyClosing, closeAppraisal } from './appraisals.ts'
import { issueSlips, printSlips } from './slips.ts'

/** Two persons of one body, by the one: an officer who orders, a leader who prints and closes. */
export function aPair(one: UserActor): { officer: UserActor; leader: UserActor } {
  return {
    officer: { ...one, username: `${one.username}-officer`, roles: ['officer'] },
    leader: { ...one, username: `${one.username}-leader`, roles: ['leader'] },
  }
}

/** Printed slips of an open appraisal, ordered by one and printed by another. */
export async function someSlips(deps: Deps, one: UserActor, appraisalId: number, count: number): Promise<string[]> {
  const { officer, leader } = aPair(one)
  const { orderId } = await withTenant(deps, officer, (ctx) => issueSlips(ctx, { appraisalId, count }))
  return (await withTenant(deps, leader, (ctx) => printSlips(ctx, { orderId }))).codes
}

/** Closes an appraisal whose last day is not over, as it takes two to do. */
export async function closeEarly(deps: Deps, one: UserActor, appraisalId: number) {
  const { officer, leader } = aPair(one)
  await withTenant(deps, officer, (ctx) => askEarlyClosing(ctx, { appraisalId, reason: '全体会员已到会' }))
  return withTenant(deps, leader, (ctx) => closeAppraisal(ctx, { appraisalId }))
}
