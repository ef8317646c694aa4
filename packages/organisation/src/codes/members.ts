export const memberStates = [
  'applied',
  'active',
  'retained',
  'transferred_out',
  'left',
  'expelled',
  'deceased',
] as const
export const memberKinds = ['normal', 'migrant', 'dispatch', 'new_form', 'self_employed'] as const
export const employments = ['quota', 'non_quota', 'contract', 'dispatch'] as const
export const consentChannels = ['oral', 'written', 'online'] as const
export const groupings = ['none', 'sex', 'kind', 'employment'] as const
export const transferStates = ['requested', 'accepted', 'rejected', 'expired', 'withdrawn'] as const
export const openableFields = ['idNumber', 'mobile', 'birth'] as const
