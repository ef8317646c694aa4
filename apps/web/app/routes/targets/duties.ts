import type { Duty } from './plans.ts'

/** Where a duty is done: signing at the letter, the rest in the plan, narrowed to the items it is about. */
export function dutyLink(duty: Pick<Duty, 'kind' | 'planId'>): string {
  return duty.kind === 'sign' ? `/targets/${duty.planId}/letter` : `/targets/${duty.planId}?show=${duty.kind}`
}
