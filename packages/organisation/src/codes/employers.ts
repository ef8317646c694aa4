export const listSources = [
  'tax',
  'market_registry',
  'above_scale',
  'enterprise_database',
  'non_public_database',
  'other',
] as const
export const rowOutcomes = ['waiting', 'code', 'name', 'ambiguous', 'added', 'decided', 'dropped'] as const
export const letterOutcomes = ['complied', 'refused', 'no_reply', 'withdrawn'] as const
export const leadStates = [
  'found',
  'contacted',
  'preparing',
  'applied',
  'approved',
  'founded',
  'refused',
  'exempt',
  'closed',
] as const
export const visitPurposes = ['survey', 'mobilise', 'found', 'standardise', 'inspect'] as const
