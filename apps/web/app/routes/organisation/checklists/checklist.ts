import type { RouterOutputs } from '@gonglian/api'

export type ChecklistRow = RouterOutputs['checklists']['listChecklists'][number]
export type Checklist = RouterOutputs['checklists']['getChecklist']
export const purposes = ['standard', 'display', 'ledger', 'companions'] as const
export const evidenceKinds = ['none', 'photo', 'document', 'either'] as const
/** Bodies whose records answer an item by themselves. */
export const companionKinds = [
  'union_committee',
  'audit_committee',
  'women_committee',
  'staff_congress',
  'dispute_mediation',
  'labour_protection',
  'law_supervision',
  'contract_supervision',
] as const
