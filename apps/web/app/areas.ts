import type { Permission } from '@gonglian/tenancy/permissions'
import type { IconName } from '@gonglian/ui'

/** The areas of the product in the order of the navigation: where each begins, its icon, and the permissions one of which opens it. */
export const areas = {
  desk: { path: '/', icon: 'desk', permissions: ['federation:read'] },
  targets: { path: '/targets', icon: 'targets', permissions: ['target:read'] },
  reports: { path: '/reports', icon: 'reports', permissions: ['report:read'] },
  progress: { path: '/progress', icon: 'progress', permissions: ['progress:read'] },
  bodies: { path: '/bodies', icon: 'bodies', permissions: ['federation:read'] },
  organisation: { path: '/organisation', icon: 'organisation', permissions: ['organisation:read'] },
  approvals: { path: '/approvals', icon: 'approvals', permissions: ['approval:read'] },
  system: {
    path: '/system',
    icon: 'system',
    permissions: ['account:read', 'audit:read', 'queue:read', 'indicator:read', 'parameter:read'],
  },
} as const satisfies Record<
  string,
  { readonly path: string; readonly icon: IconName; readonly permissions: readonly Permission[] }
>

export type Area = keyof typeof areas
export const areaNames = Object.keys(areas).filter((name): name is Area => name in areas)
