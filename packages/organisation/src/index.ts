import './permissions.ts'
export { sealedColumns } from './sealed-columns.ts'
export { organisationFeeds } from './feeds/index.ts'
export { foldName, normalizeName } from './names.ts'
export { listSteps, recordStep, type Move, type ObjectKind, type Step } from './steps.ts'
export { hasUnions, takeOverMembers, takeOverUnions, type TakenMember, type TakenUnion } from './takeovers.ts'

// Employers, unions, terms.
export {
  ChangeEmployer,
  CloseEmployer,
  RegisterEmployer,
  changeEmployer,
  closeEmployer,
  getEmployer,
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
export { AppendListFile, ImportListFile, appendListFile, importListFile, readListFile } from './list-files.ts'
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
export { organisation } from './domain.ts'
export { listVisits, recordVisit } from './visits/visits.ts'
export { answerLetter, listLetters, sendLetter } from './letters/letters.ts'
export { FormGroup, SendInstructor, formGroup, listFounders, sendInstructor, type Founder } from './founders.ts'
export { changeCampaign, listCampaigns, openCampaign } from './campaigns/campaigns.ts'
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
export { endDemonstration, listDemonstrations, nameDemonstration } from './demonstrations/demonstrations.ts'
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
  ListTerms,
  RecordTerm,
  askExtension,
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
  getCongress,
  holdCongress,
  listCongresses,
  planCongress,
  type Congress,
  type CongressView,
} from './congresses.ts'
export { ReportDelegates, listDelegates, reportDelegates, type Delegate } from './delegates.ts'
export {
  DecideDelegates,
  IssueDelegateQuotas,
  ListDelegateQuotas,
  SaveDelegateQuotas,
  decideDelegates,
  issueDelegateQuotas,
  listDelegateQuotas,
  saveDelegateQuotas,
  type DelegateQuota,
  type ListedQuota,
} from './delegate-quotas.ts'

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
export { importColumns, makeTemplate, memberColumns, type ColumnKey } from './import-columns.ts'
export {
  CancelImport,
  CommitImport,
  GetImport,
  ImportRun,
  ListImportProblems,
  ListImports,
  RetryImport,
  StartImport,
  cancelImport,
  commitImport,
  getImport,
  listImportProblems,
  listImports,
  retryImport,
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
export { streamExport, streamExportLines, type ExportLine } from './export-files.ts'
export { ListExports, StartExport, listExports, startExport, type Export } from './member-exports.ts'
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

// Check-lists, ratings, the members’ appraisal, cadres, the women’s organisation.
export { HandDownList, handDownList } from './hand-downs.ts'
export { limits, readLimit, setLimit } from './limits.ts'
export { evidenceFiles } from './evidence/evidence-files.ts'
export { listEvidence, type EvidenceKind } from './evidence/evidence.ts'
export {
  DefineChecklist,
  GetChecklist,
  ListChecklists,
  defineChecklist,
  getChecklist,
  listChecklists,
} from './checklists.ts'
export {
  CheckAcceptance,
  GetLedger,
  checkAcceptance,
  getLedger,
  requireAcceptance,
  type Acceptance,
  type Ledger,
  type LedgerItem,
  type LedgerList,
} from './ledgers.ts'
export { CheckItems, checkItems } from './ledger-checks.ts'
export {
  CountCompliance,
  FreezeCompliance,
  ListCompliance,
  countCompliance,
  freezeCompliance,
  listCompliance,
  type Compliance,
} from './standard-rates.ts'
export { DraftScheme, draftScheme, type NeededScheme } from './scheme-drafts.ts'
export { DefineScheme, GetScheme, ListSchemes, defineScheme, getScheme, listSchemes } from './schemes.ts'
export { ratingStates, type RatingState } from './rating-scores.ts'
export { PlanRatings, planRatings } from './rating-plans.ts'
export {
  DropRating,
  RecommendRating,
  SelfAssess,
  WithdrawRating,
  dropRating,
  recommendRating,
  selfAssess,
  withdrawRating,
} from './ratings.ts'
export {
  OpenReview,
  PublishRating,
  RecuseReviewer,
  ReturnRating,
  ScoreRating,
  openReview,
  publishRating,
  recuseReviewer,
  returnRating,
  scoreRating,
} from './reviews.ts'
export { AwardRating, BeginReCheck, DecideReCheck, awardRating, beginReCheck, decideReCheck } from './awards.ts'
export { AnswerAppeal, AppealRating, answerAppeal, appealRating } from './appeals.ts'
export { GetRating, ListRatings, getRating, listRatings } from './rating-lists.ts'
export { ReadHomeRates, ReadPlanGrid, readHomeRates, readPlanGrid, type HomeRates } from './plan-grids.ts'
export {
  CompareBaseline,
  ListBaselines,
  TakeBaseline,
  compareBaseline,
  listBaselines,
  takeBaseline,
  type BaselineLine,
} from './baselines.ts'
export { endDemoPoint, listDemoPoints, nameDemoPoint } from './demo-points/demo-points.ts'
export {
  AbandonAppraisal,
  AskEarlyClosing,
  CloseAppraisal,
  FileAppraisal,
  OpenAppraisal,
  PublishAppraisal,
  abandonAppraisal,
  askEarlyClosing,
  closeAppraisal,
  fileAppraisal,
  openAppraisal,
  publishAppraisal,
} from './appraisals.ts'
export { ListAppraisals, listAppraisals } from './appraisal-list.ts'
export type { Choice, Counts } from './ballots.ts'
export { DrawGroupCode, KeepGroupCode, ReadGroup, drawGroupCode, keepGroupCode, readGroup } from './working-groups.ts'
export {
  CastBallot,
  CountCast,
  IssueSlips,
  PrintSlips,
  VoidSlips,
  castBallot,
  countCast,
  isDrawnCode,
  issueSlips,
  printSlips,
  voidSlips,
} from './slips.ts'
export { AmendOfficer, AppointOfficer, EndPost, amendOfficer, appointOfficer, endPost } from './officers.ts'
export { ListOfficers, listOfficers } from './officer-lists.ts'
export {
  CheckCommittee,
  ListVacancies,
  ReadStaffing,
  RecordUnionDay,
  checkCommittee,
  listVacancies,
  readStaffing,
  recordUnionDay,
  type Vacancy,
} from './vacancies.ts'
export { ApproveQuota, EndQuota, ListQuotas, approveQuota, endQuota, listQuotas } from './quotas.ts'
export {
  CancelTraining,
  HoldTraining,
  ListTrainings,
  PlanTraining,
  cancelTraining,
  getTraining,
  holdTraining,
  listTrainings,
  planTraining,
} from './trainings.ts'
export { ListUntrainedChairs, listUntrainedChairs } from './untrained-chairs.ts'
export { extendContract } from './committee-sizes.ts'
export { FormWomenBody, ListWomenGaps, formWomenBody, listWomenGaps, type WomenGap } from './women-bodies.ts'
export {
  CloseNursingRoom,
  ListNursingRooms,
  ListWomenActivities,
  OpenNursingRoom,
  RecordWomenActivity,
  closeNursingRoom,
  listNursingRooms,
  listWomenActivities,
  openNursingRoom,
  recordWomenActivity,
} from './women-activities.ts'
export {
  CountFindings,
  FollowUp,
  KeepScreeningResult,
  ListFollowUps,
  ListScreenings,
  OpenScreeningResult,
  RecordScreening,
  countFindings,
  followUp,
  keepScreeningResult,
  listFollowUps,
  listScreenings,
  openScreeningResult,
  recordScreening,
  type ScreeningFinding,
} from './screenings.ts'
export { exampleChecklists } from '../data/checklists.ts'
export { ListElections, getElection, listElections, type ElectionView, type ListedElection } from './election-lists.ts'
export { ApplyResult, applyResult } from './approvals/election-applications.ts'
export { ApplyAccreditation, applyAccreditation } from './accreditation.ts'
export { organisationApprovals } from './approvals/index.ts'
