/** Levels a body can have (handbook 2.1), highest first. */
export const bodyLevels = ['national', 'province', 'city', 'county', 'township'] as const
export type BodyLevel = (typeof bodyLevels)[number]

export const roleNames = [
  'leader',
  'officer',
  'reviewer',
  'finance_officer',
  'auditor',
  'system_admin',
  'security_admin',
  'audit_admin',
] as const
export type RoleName = (typeof roleNames)[number]
