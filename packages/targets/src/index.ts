export { AcceptAllocations, DisputeAllocation, acceptAllocations, disputeAllocation } from './answers.ts'
export {
  GetSplit,
  IssueSplit,
  SaveSplit,
  allocationStates,
  getSplit,
  issueSplit,
  saveSplit,
  type AllocationState,
  type Share,
  type SplitRow,
  type SplitView,
} from './allocations.ts'
export {
  AmendAllocations,
  SettleAllocation,
  amendAllocations,
  listAmendments,
  settleAllocation,
  type Amendment,
  type AmendmentKind,
} from './amendments.ts'
export { listDuties, listTargetEvents, type Duty, type TargetEvent } from './duties.ts'
export { type Method } from './families.ts'
export { ImportAllocations, importAllocations, type ImportedShare } from './imports.ts'
export {
  AddItem,
  AnnotateItem,
  RemoveItem,
  UpdateItem,
  addItem,
  annotateItem,
  findItem,
  findItems,
  listItems,
  methods,
  removeItem,
  updateItem,
  type Item,
} from './items.ts'
export { GetLetter, LetterText, SignAllocations, getLetter, signAllocations, type Letter } from './letters.ts'
export { TargetFigure, readTarget, writeTarget, type Measure } from './measures.ts'
export { GetPlan, getPlan, type ItemOverview, type PlanOverview } from './overviews.ts'
export {
  CreatePlan,
  ListPlans,
  PlanStep,
  UpdatePlan,
  closePlan,
  createPlan,
  deletePlan,
  findPlan,
  issuePlan,
  listPlans,
  updatePlan,
  type Party,
  type Plan,
  type PlanState,
} from './plans.ts'
export {
  Schedule,
  expectedShare,
  forecastYear,
  fullShare,
  makeSeasonalSchedule,
  makeStandingSchedule,
  makeStraightSchedule,
  scheduleKinds,
} from './schedules.ts'
export { listHeldShares, listShares } from './shares.ts'
