export { GetSplit, IssueSplit, getSplit, issueSplit, type SplitRow, type SplitView } from './allocations.ts'
export { ListAmendments, listAmendments, type Amendment, type AmendmentKind } from './amendments.ts'
export { AcceptAllocations, DisputeAllocation, acceptAllocations, disputeAllocation } from './answers.ts'
export { AmendAllocations, amendAllocations } from './changes.ts'
export { SaveSplit, saveSplit } from './drafts.ts'
export { targets } from './domain.ts'
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
  removeItem,
  updateItem,
} from './item-drafts.ts'
export { findItem, findItems, listHeldItems, listItems, methods, type Item } from './items.ts'
export { LetterText } from './letters/letter-text.ts'
export { GetLetter, SignAllocations, getLetter, signAllocations, type Letter } from './letters/letters.ts'
export { TargetFigure, readTarget, writeTarget, type Measure } from './measures.ts'
export { GetPlan, getPlan, type ItemOverview, type PlanOverview } from './overviews.ts'
export { CreatePlan, UpdatePlan, createPlan, deletePlan, updatePlan } from './plan-drafts.ts'
export {
  ListPlans,
  PlanStep,
  closePlan,
  findPlan,
  findPlans,
  issuePlan,
  listPlans,
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
export { SettleAllocation, settleAllocation } from './settlements.ts'
export {
  allocationStates,
  listHeldShares,
  listShares,
  type AllocationState,
  type IssuedShare,
  type Share,
} from './shares.ts'
