export const womenActivityKinds = [
  'march_eighth',
  'training',
  'care',
  'rights_week',
  'contest',
  'reading',
  'other',
] as const
export const screeningResults = ['normal', 'follow_up', 'treatment'] as const
export const roomStates = ['open', 'closed'] as const
