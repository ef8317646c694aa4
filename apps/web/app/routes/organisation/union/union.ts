import type { RouterOutputs } from '@gonglian/api'

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
export const formedCompanions = [
  'union_committee',
  'audit_committee',
  'women_committee',
  'staff_congress',
  'dispute_mediation',
  'labour_protection',
  'law_supervision',
  'contract_supervision',
] as const
export const bodies = ['congress', 'union_committee', 'audit_committee', 'women_committee'] as const
export const modes = ['own', 'joint', 'association', 'custody'] as const

export const associationKinds: readonly string[] = ['UNION_ASSOC_BASIC', 'UNION_ASSOC_INDUSTRY']

/** In which ways a union of this kind may cover employers besides its own. */
export function coverageModes(kind: string): readonly ('joint' | 'association' | 'custody')[] {
  if (kind === 'BASIC_JOINT') return ['joint', 'custody']
  if (associationKinds.includes(kind)) return ['association', 'custody']
  return kind === 'GROUP' || kind === 'ORGANISER_ONLY' ? [] : ['custody']
}
