export const posts = [
  'chair',
  'vice_chair',
  'committee_member',
  'audit_chair',
  'audit_vice_chair',
  'audit_member',
  'women_chair',
  'women_vice_chair',
  'women_member',
  'office',
  'organiser',
  'team_leader',
] as const
export const vacantPosts = ['chair', 'vice_chair', 'audit_chair'] as const
export const engagements = ['full_time', 'part_time', 'contracted'] as const
export const appointments = ['elected', 'appointed', 'dispatched'] as const
export const ranks = [
  'none',
  'section_deputy',
  'section',
  'county_deputy',
  'county',
  'city_deputy',
  'city',
  'township_deputy',
  'township',
  'enterprise_middle',
  'enterprise_deputy',
  'enterprise',
] as const
export const postCategories = ['administrative', 'institution', 'worker', 'contracted'] as const
export const trainingKinds = ['class', 'lecture', 'meeting', 'sent'] as const
export const trainingStates = ['planned', 'held', 'cancelled'] as const
export const trainingTopics = [
  'general',
  'new_chair',
  'team_leader',
  'law',
  'negotiation',
  'finance',
  'women',
  'safety',
] as const
export const attendances = ['attended', 'passed', 'absent'] as const
