export const ballotChoices = ['satisfied', 'basic', 'unsatisfied', 'invalid'] as const
export const evidenceKinds = ['none', 'photo', 'document', 'either'] as const
export const checklistPurposes = ['standard', 'display', 'ledger', 'companions'] as const
export const ratingStates = [
  'planned',
  'self_assessed',
  'recommended',
  'under_review',
  'published',
  'awarded',
  're_check',
  'kept',
  'downgraded',
  'revoked',
] as const
export const ratingTracks = ['star', 'home', 'demonstration', 'up_to_standard'] as const
export const countings = ['none', 'qualified', 'model'] as const
export const baselineChanges = ['risen', 'same', 'fallen', 'gone', 'new'] as const
export const reCheckOutcomes = ['kept', 'downgraded', 'revoked'] as const
export const demoTopics = ['home', 'appraisal', 'openness', 'standard'] as const
