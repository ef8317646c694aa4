export { organisationFeeds } from './feeds/index.ts'
export { foldName } from './names.ts'
export { listSteps, recordStep, type Move, type ObjectKind, type Step } from './steps.ts'
export { hasUnions, takeOverMembers, takeOverUnions, type TakenMember, type TakenUnion } from './takeovers.ts'
export { DefineChecklist, defineChecklist } from './checklists.ts'
export { DefineScheme, defineScheme } from './schemes.ts'

// Employers, unions, terms.
export {
  ChangeEmployer,
  CloseEmployer,
  RegisterEmployer,
  changeEmployer,
  closeEmployer,
  ownerships,
  registerEmployer,
  unitClasses,
} from './employers.ts'
export {
  AppendRows,
  ImportList,
  ListLists,
  RawRow,
  appendRows,
  importList,
  listLists,
  listSources,
  type EmployerList,
  type ListHead,
} from './lists.ts'
export {
  DecideRow,
  ListRows,
  MatchList,
  decideRow,
  listRows,
  matchList,
  type MatchResult,
  type MatchedRow,
} from './matching.ts'
export {
  ListEmployers,
  SummariseGap,
  listEmployers,
  summariseGap,
  type ListedEmployer,
  type GapLine,
  type Gap,
} from './census.ts'
export { RankRates, rankRates, type UnionisationRate } from './rates.ts'
export {
  AssignLead,
  EndLead,
  ListLeads,
  OpenLeads,
  RefuseLead,
  assignLead,
  endLead,
  leadMoves,
  leadStates,
  listLeads,
  openLeads,
  refuseLead,
  type LeadState,
  type Lead,
  type ListedLead,
} from './leads.ts'
export { ListVisits, RecordVisit, listVisits, recordVisit, visitPurposes, type ListedVisit } from './visits.ts'
export {
  AnswerLetter,
  ListLetters,
  SendLetter,
  answerLetter,
  listLetters,
  sendLetter,
  type JointLetter,
  type ListedLetter,
} from './letters.ts'
export { FormGroup, SendInstructor, formGroup, listFounders, sendInstructor, type Founder } from './founders.ts'
export {
  ChangeCampaign,
  ListCampaigns,
  OpenCampaign,
  changeCampaign,
  listCampaigns,
  openCampaign,
  type Campaign,
  type CampaignYield,
} from './campaigns.ts'
export { unionKinds, unionMoves, unionStates, type UnionKind, type UnionState } from './union-states.ts'
export { ChangeUnion, DraftUnion, changeUnion, draftUnion } from './union-drafts.ts'
export { companionKinds, unionLimits, type CompanionKind } from './union-limits.ts'
export {
  ApplyUnion,
  DecideUnion,
  ListApplications,
  applyUnion,
  decideUnion,
  listApplications,
  type Application,
} from './applications.ts'
export { FoundUnion, foundUnion } from './foundings.ts'
export { AddGroup, EndGroup, addGroup, endGroup } from './groups.ts'
export {
  CountCoverage,
  CoverEmployers,
  EndCoverage,
  ListCoverage,
  countCoverage,
  coverEmployers,
  coverageModes,
  endCoverage,
  listCoverage,
  type CoverageMode,
  type CoveredUnit,
  type CoverageCount,
} from './coverage.ts'
export {
  JoinAssociation,
  LeaveAssociation,
  joinAssociation,
  leaveAssociation,
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
export { AccreditUnion, accreditUnion } from './accreditation.ts'
export {
  EndCompanion,
  FormCompanion,
  ListMissingCompanions,
  endCompanion,
  formCompanion,
  listMissingCompanions,
  type MissingCompanions,
} from './companions.ts'
export {
  EndDemonstration,
  ListDemonstrations,
  NameDemonstration,
  endDemonstration,
  listDemonstrations,
  nameDemonstration,
  type Demonstration,
} from './demonstrations.ts'
export { ListStaffing, listStaffing, type Staffing } from './staffing.ts'
export { ListUnions, getUnion, listUnions, unionSorts, type ListedUnion, type UnionView } from './unions.ts'
export { Slate, electedBodies, type ElectedBody } from './slates.ts'
export { type Vote, type VoteResult } from './votes.ts'
export {
  AskElection,
  DecideElection,
  WithdrawElection,
  askElection,
  decideElection,
  electionMoves,
  withdrawElection,
  type ElectionState,
  type Election,
} from './elections.ts'
export {
  ConfirmElection,
  FailElection,
  HoldPoll,
  confirmElection,
  failElection,
  holdPoll,
  type PollResult,
} from './polls.ts'
export {
  AskExtension,
  DecideExtension,
  ListTerms,
  RecordTerm,
  askExtension,
  decideExtension,
  listTerms,
  recordTerm,
  termBodies,
  termStates,
  type TermState,
  type Term,
  type ListedTerm,
} from './terms.ts'
export {
  CancelCongress,
  HoldCongress,
  ListCongresses,
  PlanCongress,
  cancelCongress,
  holdCongress,
  listCongresses,
  planCongress,
  type Congress,
} from './congresses.ts'
export { ReportDelegates, listDelegates, reportDelegates, type Delegate } from './delegates.ts'
export {
  DecideDelegates,
  IssueQuotas,
  ListQuotas,
  SaveQuotas,
  decideDelegates,
  issueQuotas,
  listQuotas,
  saveQuotas,
  type DelegateQuota,
  type ListedQuota,
} from './quotas.ts'

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
export { importColumns, makeTemplate, type ColumnKey } from './import-columns.ts'
export {
  CancelImport,
  CommitImport,
  GetImport,
  ImportRun,
  ListImportProblems,
  ListImports,
  StartImport,
  cancelImport,
  commitImport,
  getImport,
  listImportProblems,
  listImports,
  startImport,
  type Import,
  type ListedProblem,
} from './imports.ts'
export { runImport } from './import-runs.ts'
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
export { ListExports, StartExport, listExports, startExport, streamExport, type Export } from './member-exports.ts'
export {
  JudgeTraining,
  RecordTraining,
  judgeTraining,
  listOutgoing,
  recordTraining,
  type TrainingVerdict,
} from './outgoing.ts'
export { readEnrolment, type Enrolment } from './enrolment-rates.ts'
