import { findLimit, findRemainder } from './splits.ts'

export type Method = 'sum' | 'floor' | 'each'

/** A share and what was made of it: the unit in which conservation (P1) holds. */
export type Family = {
  readonly method: Method
  /** 1: more is better; -1: less is better, so the floor is a ceiling. */
  readonly direction: number
  readonly share: number
  readonly reserve: number
  /** The plan's limit, hundredths of a percent of the share. */
  readonly overAllocation: number
  readonly children: readonly { readonly receiverId: number; readonly value: number; readonly exemption: string }[]
}

export type FamilyFault =
  /** Positive: so much is not given out. Negative: so much too much is given out. */
  | { readonly kind: 'unbalanced'; readonly sum: number; readonly difference: number }
  | { readonly kind: 'overLimit'; readonly over: number; readonly limit: number }
  | { readonly kind: 'offFloor'; readonly receiverIds: readonly number[] }

/**
 * What is wrong with a family by P1: children + reserve = share exactly, over-allocation (层层加码) within the plan's limit;
 * rates not below the parent's unless exempted with a reason; equal quotas equal. Null: nothing.
 */
export function checkFamily(family: Family): FamilyFault | null {
  if (family.method !== 'sum') {
    const off = family.children.filter((child) => isOffFloor(family, child))
    return off.length > 0 ? { kind: 'offFloor', receiverIds: off.map((child) => child.receiverId) } : null
  }
  const values = family.children.map((child) => child.value)
  const difference = findRemainder(family.share, family.reserve, values)
  if (difference !== 0) return { kind: 'unbalanced', sum: family.share - family.reserve - difference, difference }
  const limit = findLimit(family.share, family.overAllocation)
  return -family.reserve > limit ? { kind: 'overLimit', over: -family.reserve, limit } : null
}

function isOffFloor(family: Family, child: { readonly value: number; readonly exemption: string }): boolean {
  if (family.method === 'each') return child.value !== family.share
  return (child.value - family.share) * family.direction < 0 && child.exemption.length < 2
}
