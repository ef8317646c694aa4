import { memberKinds, memberStates } from '../codes/members.ts'
export { employments, memberKinds, memberStates } from '../codes/members.ts'
/** Whoever has no id number yet has no sex on record. */
const sexes = [null, 'male', 'female'] as const

export type MemberState = (typeof memberStates)[number]
export type MemberKind = (typeof memberKinds)[number]
export type Sex = 'male' | 'female'

export type FacetFilter = {
  readonly states?: readonly MemberState[] | undefined
  readonly kinds?: readonly MemberKind[] | undefined
  readonly sex?: Sex | undefined
  readonly hasCard?: boolean | undefined
  readonly incomplete?: boolean | undefined
}

/**
 * The facets (one small number that holds state, kind, sex, card and completeness, see migration 0010) that a filter lets through.
 * organisation.member_facet computes the same; a test holds the two together.
 */
export function listFacets(filter: FacetFilter): number[] {
  const facets: number[] = []
  for (const [state, stateName] of memberStates.entries()) {
    if (filter.states && !filter.states.includes(stateName)) continue
    for (const [kind, kindName] of memberKinds.entries()) {
      if (filter.kinds && !filter.kinds.includes(kindName)) continue
      for (const [sex, sexName] of sexes.entries()) {
        if (filter.sex && filter.sex !== sexName) continue
        for (const card of [0, 1]) {
          if (filter.hasCard !== undefined && filter.hasCard !== (card === 1)) continue
          for (const incomplete of [0, 1]) {
            if (filter.incomplete !== undefined && filter.incomplete !== (incomplete === 1)) continue
            facets.push((((state * 5 + kind) * 3 + sex) * 2 + card) * 2 + incomplete)
          }
        }
      }
    }
  }
  return facets
}
