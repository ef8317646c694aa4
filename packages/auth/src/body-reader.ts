import type { UserActor } from '@gonglian/tenancy'

/**
 * Reads a body's own name, its superiors' and the rules they set, for somebody who has no rights of their own yet: before the sign-in is
 * complete, or with a first password. The reach is an administrator's, which touches no business row.
 */
export function readerOf(tenantId: number): UserActor {
  return {
    kind: 'user',
    accountId: 0,
    username: 'sign-in',
    displayName: '',
    tenantId,
    roles: ['auditadmin'],
    locale: 'zh-CN',
    requestId: '',
    address: '',
    isProved: false,
  }
}
