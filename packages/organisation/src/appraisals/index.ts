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
export {
  DrawGroupCode,
  KeepGroupCode,
  ReadGroup,
  drawGroupCode,
  keepGroupCode,
  listGroupCandidates,
  readGroup,
} from './working-groups.ts'
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
