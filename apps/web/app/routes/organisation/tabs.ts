import { mayDo, type Permission, type Role } from '@gonglian/tenancy/permissions'

/** The pages of the area, in the order of the work, and what one needs for each. */
export const tabs = [
  {
    key: 'unions',
    permission: 'organisation:read',
    holds: ['applications', 'coverage', 'restructurings', 'companions', 'demonstrations', 'staffing'],
  },
  { key: 'employers', permission: 'organisation:read', holds: ['lists'] },
  { key: 'census', permission: 'organisation:read', holds: ['visits', 'letters', 'campaigns'] },
  { key: 'members', permission: 'organisation:read', holds: ['exports'] },
  { key: 'imports', permission: 'member:read' },
  { key: 'transfers', permission: 'member:read' },
  { key: 'terms', permission: 'organisation:read', holds: ['elections', 'congresses'] },
  { key: 'checklists', permission: 'organisation:read', holds: ['evidence'] },
  { key: 'ratings', permission: 'organisation:read', holds: ['demo-points', 'schemes'] },
  { key: 'appraisals', permission: 'organisation:read' },
  { key: 'cadres', permission: 'organisation:read' },
  { key: 'women', permission: 'organisation:read' },
] as const satisfies readonly {
  key: string
  permission: Permission
  /** Further pages that belong to it. */
  holds?: readonly string[]
}[]
export type Tab = (typeof tabs)[number]['key']

/** What somebody with these roles finds here. */
export function listTabs(roles: readonly Role[]): Tab[] {
  return tabs.filter(({ permission }) => mayDo(roles, permission)).map(({ key }) => key)
}

/** The further pages that belong to a tab. */
export function listHeld(key: Tab): readonly string[] {
  const tab = tabs.find((one) => one.key === key)
  return tab !== undefined && 'holds' in tab ? tab.holds : []
}
