import type { RouterOutputs } from '@gonglian/api'

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
export const bodies = ['congress', 'union_committee', 'audit_committee', 'women_committee'] as const
export const modes = ['own', 'joint', 'association', 'custody'] as const
