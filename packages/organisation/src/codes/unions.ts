export const unionStates = [
  'preparatory',
  'applied',
  'approved',
  'active',
  'restructuring',
  'merged',
  'revoked',
] as const
export const ownerships = ['state', 'collective', 'private', 'foreign', 'mixed', 'public'] as const
export const unitClasses = [
  'enterprise',
  'institution',
  'government',
  'social_organisation',
  'new_economic',
  'new_social',
  'cooperative',
  'retail',
  'self_employed',
  'project',
] as const
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
export const coverageModes = ['own', 'joint', 'association', 'custody'] as const
