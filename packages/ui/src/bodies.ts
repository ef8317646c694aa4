/** Levels a body can have (handbook 2.1), highest first. */
export const bodyLevels = ['national', 'province', 'city', 'county', 'township'] as const
export type BodyLevel = (typeof bodyLevels)[number]

export const roleNames = [
  'leader',
  'officer',
  'reviewer',
  'finance',
  'auditor',
  'sysadmin',
  'secadmin',
  'auditadmin',
] as const
export type RoleName = (typeof roleNames)[number]
