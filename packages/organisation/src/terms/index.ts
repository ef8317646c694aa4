export { Slate, electedBodies, type ElectedBody } from './slates.ts'
export { type Vote, type VoteResult } from './votes.ts'
export {
  AskElection,
  WithdrawElection,
  askElection,
  electionMoves,
  withdrawElection,
  type ElectionState,
  type Election,
} from './elections.ts'
export { FailElection, HoldPoll, failElection, holdPoll, type PollResult } from './polls.ts'
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
export {
  ExportDelegates,
  ListDelegates,
  ReportDelegates,
  exportDelegates,
  listDelegates,
  reportDelegates,
  type Delegate,
} from './delegates.ts'
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
export { ListElections, getElection, listElections, type ElectionView, type ListedElection } from './election-lists.ts'
