import { mayDo, type Permission, type Role } from '@gonglian/tenancy/permissions'

/** The pages of the area and what one needs for each. */
export const tabs = [
  { key: 'accounts', permission: 'account:read' },
  { key: 'audit', permission: 'audit:read' },
  { key: 'catalogue', permission: 'indicator:read' },
  { key: 'forms', permission: 'form:read' },
  { key: 'parameters', permission: 'parameter:read' },
  { key: 'channels', permission: 'channel:read' },
  { key: 'queue', permission: 'queue:read' },
] as const satisfies readonly { key: string; permission: Permission }[]
export type Tab = (typeof tabs)[number]['key']

/** What somebody with these roles finds here. One queue serves all bodies, so it is shown at the top only. */
export function listTabs(roles: readonly Role[], isTop: boolean): Tab[] {
  return tabs
    .filter(({ key, permission }) => mayDo(roles, permission) && (key !== 'queue' || isTop))
    .map(({ key }) => key)
}
