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
export { withBodyReach, withStructureReach, shanghaiDay, withTenant, type Deps, type TenantContext } from './context.ts'
export {
  checkBodyRows,
  mayStandBelow,
  unionKindOf,
  type BodyFault,
  type BodyRow,
  type KnownBody,
} from './body-lists.ts'
export { importBodies, type BodyImport } from './body-imports.ts'
export { lockTree } from './tree-lock.ts'
export { DomainError, found, type ErrorCode, type FieldError, type MessageParams } from './error.ts'
export {
  FederationCode,
  ListChildrenPage,
  SearchFederations,
  findFederations,
  keepBelow,
  levels,
  getFederation,
  listChildren,
  listChildrenPage,
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
export { openAuditFiles, readAnchors, type AuditFiles } from './audit-files.ts'
export { createMemory, rememberAnswers } from './memory.ts'
export {
  AuditAnchor,
  auditHeadsSweep,
  findBrokenAnchors,
  listAuditAnchors,
  nameKey,
  readSigning,
  signAuditHeads,
  type BrokenAnchor,
} from './audit-anchors.ts'
export { addKey, countSealed, keepKeysFresh, refreshKeys, resealColumn, type SealedColumn } from './keys.ts'
export { nationalCode, readDivisions, readNationalTree } from './national.ts'
export {
  administrators,
  mayDo,
  listPermissions,
  requireFreshProof,
  requirePermission,
  roles,
  type Permission,
  type Role,
} from './permissions.ts'
export {
  ExportOpenings,
  ListOpenings,
  OpeningReason,
  exportOpenings,
  listOpenings,
  recordOpening,
  type Opening,
} from './opening.ts'
export { paging } from './paging.ts'
export { exportPersons, largestFile, recordPersonFile, refuseLongFile } from './person-files.ts'
export { MoveFederation, addFederations, findFirstOpenDay, moveFederation, type NewFederation } from './tree.ts'
export { namesBody, respellBodies, spellName, spellTyped } from './spelling.ts'
export { ReorganisationPlan, type PartName, type Plan } from './reorganisation-plans.ts'
export {
  applyPlan,
  checkPlan,
  listReorganisations,
  readFormerSelf,
  readReorganisable,
  type FormerName,
  type Part,
  type Reorganisable,
  type Reorganisation,
  type Reorganised,
} from './reorganisations.ts'
export { listRoots } from './roots.ts'
export { listAddressees, listWithin, narrow, placeBelow, within } from './scope.ts'
export { maskIdNumber, maskName, maskPhone, openVault, type Vault } from './vault.ts'
