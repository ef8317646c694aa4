// Members.
export {
  IssueCards,
  IssueCardsOfUnion,
  ReplaceCard,
  issueCards,
  issueCardsOfUnion,
  listCards,
  replaceCard,
  type CardRecord,
  type IssuedCard,
} from './cards.ts'
export {
  ApplyMember,
  ApproveMember,
  ChangeMember,
  Consent,
  RegisterMember,
  applyMember,
  approveMember,
  changeMember,
  registerMember,
  type Enrolled,
} from './enrolment.ts'
export { employments, memberKinds, memberStates, type MemberKind, type MemberState } from './facets.ts'
export { ListMembers, MemberFilter, listMembers, type MemberPage } from './member-lists.ts'
export {
  OpenMember,
  getMember,
  memberFee,
  openMember,
  rightsOf,
  type Member,
  type MissingPart,
  type OpenFields,
} from './members.ts'
export {
  ExpelMember,
  LeaveMember,
  RecordDeath,
  ReemployMember,
  RetainMember,
  expelMember,
  leaveMember,
  recordDeath,
  reemployMember,
  retainMember,
  type Standing,
} from './standings.ts'
export {
  AcceptTransfers,
  FindUnion,
  ListTransfers,
  RejectTransfers,
  RequestTransfers,
  RequestTransfersOfUnion,
  WithdrawTransfers,
  acceptTransfers,
  expireTransfers,
  findUnion,
  ExportTransfers,
  exportTransfers,
  listTransfers,
  rejectTransfers,
  requestTransfers,
  requestTransfersOfUnion,
  withdrawTransfers,
  type NumberedUnion,
  type Transfer,
  type TransferOutcome,
} from './transfers.ts'
export { CountMembersBelow, countMembersBelow, type Headcount, type Headcounts } from './headcounts.ts'
export { streamExport, streamExportLines, type ExportLine } from './export-files.ts'
export { ListExports, StartExport, listExports, startExport, type Export } from './member-exports.ts'
export { memberFiles } from './member-files.ts'
export { listOutgoing } from './outgoing.ts'
export {
  JudgeTraining,
  ListRightsTrainings,
  RecordTraining,
  judgeTraining,
  listRightsTrainings,
  recordTraining,
  type TrainingVerdict,
} from './rights-trainings.ts'
export { readEnrolment, type Enrolment } from './enrolment-rates.ts'
