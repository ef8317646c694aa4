import type { DemonstrationAccount } from './door.ts'

/** One password for all demonstration accounts. It is public, so the demonstration is refused in production (env.ts). */
export const demonstrationPassword = 'Demo-5132-Wenchuan'

/** The accounts offered at the door: one for each kind of person. Any other body's work alike, as CODE-ROLE. */
export const demonstrationAccounts: readonly DemonstrationAccount[] = [
  { username: '51-leader', body: '四川省总工会', level: 'province', role: 'leader' },
  { username: '5132-officer', body: '阿坝藏族羌族自治州总工会', level: 'city', role: 'officer' },
  { username: '513221-reviewer', body: '汶川县总工会', level: 'county', role: 'reviewer' },
  { username: '513221100-officer', body: '威州镇总工会', level: 'township', role: 'officer' },
  { username: '51-auditor', body: '四川省总工会', level: 'province', role: 'auditor' },
  { username: '51-sysadmin', body: '四川省总工会', level: 'province', role: 'sysadmin' },
  { username: '51-secadmin', body: '四川省总工会', level: 'province', role: 'secadmin' },
  { username: '51-auditadmin', body: '四川省总工会', level: 'province', role: 'auditadmin' },
]
