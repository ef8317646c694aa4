import { mayDo, type Permission, type Role } from '@gonglian/tenancy/permissions'

/** The pages of the area, in the order of the work, and what one needs for each. */
export const tabs = [
  { key: 'unions', permission: 'organisation:read' },
  { key: 'employers', permission: 'organisation:read' },
  { key: 'census', permission: 'organisation:read' },
  { key: 'members', permission: 'organisation:read' },
  { key: 'imports', permission: 'member:read' },
  { key: 'transfers', permission: 'member:read' },
  { key: 'terms', permission: 'organisation:read' },
  { key: 'checklists', permission: 'organisation:read' },
  { key: 'ratings', permission: 'organisation:read' },
  { key: 'appraisals', permission: 'organisation:read' },
  { key: 'cadres', permission: 'organisation:read' },
  { key: 'women', permission: 'organisation:read' },
] as const satisfies readonly {
  key: string
  permission: Permission
}[]
export type Tab = (typeof tabs)[number]['key']

/** What somebody with these roles finds here. */
export function listTabs(roles: readonly Role[]): Tab[] {
  return tabs.filter(({ permission }) => mayDo(roles, permission)).map(({ key }) => key)
}
