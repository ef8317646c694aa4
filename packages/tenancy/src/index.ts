export {
  actorName,
  reachOf,
  systemActor,
  visitor,
  type Actor,
  type Locale,
  type Reach,
  type SystemActor,
  type UserActor,
  type VisitorActor,
} from './actor.ts'
export {
  ExportAudit,
  ListAudit,
  exportAudit,
  listAudit,
  recordAudit,
  verifyAudit,
  type AuditEntry,
  type AuditLine,
  type AuditVerdict,
} from './audit.ts'
export { shanghaiDay, withTenant, type Deps, type TenantContext } from './context.ts'
export { lockTree } from './tree-lock.ts'
export { DomainError, found, type ErrorCode, type FieldError, type MessageParams } from './error.ts'
export {
  FederationCode,
  SearchFederations,
  findFederations,
  keepBelow,
  getFederation,
  listChildren,
  listLinks,
  listSuperiors,
  listTree,
  searchFederations,
  type Federation,
  type Level,
  type LinkHistory,
  type TreeLine,
  type TreeNode,
} from './federations.ts'
export { nationalCode, readNationalTree } from './national.ts'
export {
  administrators,
  mayDo,
  permissions,
  requireFreshProof,
  requirePermission,
  roles,
  type Permission,
  type Role,
} from './permissions.ts'
export { ListOpenings, OpeningReason, listOpenings, recordOpening, type Opening } from './opening.ts'
export {
  MoveFederation,
  addFederations,
  findFirstOpenDay,
  moveFederation,
  spellName,
  type NewFederation,
} from './tree.ts'
export { maskIdNumber, maskName, maskPhone, openVault, type Vault } from './vault.ts'
