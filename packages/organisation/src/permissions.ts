import { addPermissions } from '@gonglian/tenancy/permissions'

const business = ['leader', 'officer', 'reviewer', 'finance', 'auditor'] as const

/** Records of the domain (handbook, appendix A). An officer proposes, a leader decides. */
const permissions = {
  'organisation:read': business,
  'organisation:write': ['officer', 'leader'],
  'organisation:approve': ['leader'],
  'member:read': ['officer', 'leader', 'reviewer'],
  'member:write': ['officer'],
  'member:open': ['officer', 'leader'],
  'member:export': ['officer', 'leader'],
  'rating:review': ['reviewer', 'leader'],
  'rating:award': ['leader'],
} as const

type OrganisationPermissions = typeof permissions

declare module '@gonglian/tenancy/permissions' {
  interface Permissions extends OrganisationPermissions {}
}

addPermissions(permissions)
