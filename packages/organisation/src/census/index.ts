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
export { FormGroup, SendInstructor, formGroup, listFounders, sendInstructor, type Founder } from './founders.ts'
// Check-lists, ratings, the members’ appraisal, cadres, the women’s organisation.
export { HandDownList, handDownList } from './hand-downs.ts'
