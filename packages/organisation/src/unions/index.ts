export { hasUnions, takeOverMembers, takeOverUnions, type TakenMember, type TakenUnion } from './takeovers.ts'
export { unionFiles } from './union-files.ts'
export { unionKinds, unionMoves, unionStates, type UnionKind, type UnionState } from './union-states.ts'
export { ChangeUnion, DraftUnion, changeUnion, draftUnion } from './union-drafts.ts'
export { companionKinds, unionLimits, type CompanionKind } from './union-limits.ts'
export { ApplyUnion, ListApplications, applyUnion, listApplications, type Application } from './applications.ts'
export { FoundUnion, foundUnion } from './foundings.ts'
export { AddGroup, EndGroup, addGroup, endGroup } from './groups.ts'
export {
  JoinAssociation,
  LeaveAssociation,
  joinAssociation,
  leaveAssociation,
  ListAssociation,
  listAssociation,
} from './associations.ts'
export {
  MergeUnion,
  RevokeUnion,
  SettleUnion,
  findObstacles,
  mergeUnion,
  revokeUnion,
  settleUnion,
  type Obstacles,
} from './endings.ts'
export {
  ListRestructurings,
  RebuildUnion,
  RestructureEmployer,
  listRestructurings,
  rebuildUnion,
  restructureEmployer,
  type Restructuring,
} from './restructurings.ts'
export { ListUnions, getUnion, listUnions, unionSorts, type ListedUnion, type UnionView } from './unions.ts'
export { ApplyAccreditation, applyAccreditation } from './accreditation.ts'
