import type { RouterOutputs } from '@gonglian/api'
export {
  companionKinds as formedCompanions,
  coverageModes as modes,
  termBodies as bodies,
} from '@gonglian/organisation/codes'

/** Of the part of the page that ends a union. */
export const endingId = 'ending'

export type UnionView = RouterOutputs['unions']['getUnion']
export type UnionRow = RouterOutputs['unions']['getUnion']['union']

export const companions = [
  'union_committee',
  'audit_committee',
  'women_committee',
  'women_member',
  'staff_congress',
  'dispute_mediation',
  'labour_protection',
  'law_supervision',
  'contract_supervision',
] as const
/** The woman member instead of a committee is kept with the women's organisation. */

export const associationKinds: readonly string[] = ['UNION_ASSOC_BASIC', 'UNION_ASSOC_INDUSTRY']

/** In which ways a union of this kind may cover employers besides its own. */
export function coverageModes(kind: string): readonly ('joint' | 'association' | 'custody')[] {
  if (kind === 'BASIC_JOINT') return ['joint', 'custody']
  if (associationKinds.includes(kind)) return ['association', 'custody']
  return kind === 'GROUP' || kind === 'ORGANISER_ONLY' ? [] : ['custody']
}
