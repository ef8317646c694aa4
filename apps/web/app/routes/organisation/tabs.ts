import { organisationWork } from '@gonglian/organisation/declared'
import { listWork } from '@gonglian/records/declared'
import type { Role } from '@gonglian/tenancy/permissions'

/** The tabs of somebody with these roles: each opens at the first page that is theirs, and stays marked on all pages of its work. */
export function listTabs(roles: readonly Role[]) {
  return listWork(organisationWork, roles).map(({ key, pages, holds = [] }) => ({
    key,
    to: pages[0]?.path ?? '/organisation',
    holds: [...pages.map(({ path }) => path), ...holds],
  }))
}
