export { readBacklog, type Backlog } from './backlog.ts'
export { hasBegun } from './begun.ts'
export { changedReports, isChanged, readChangedBelow, type ChangedBelow } from './changes.ts'
export { markDirty, markRecount, RollupWake } from './dirty.ts'
export { drainDirty } from './drain.ts'
export { announce, listenLive, LiveEvent, type LiveListener } from './live.ts'
export type { Place } from './periods.ts'
export { recomputeAll } from './recompute.ts'
export {
  PreviewReorganisation,
  Reorganise,
  previewReorganisation,
  reorganise,
  type ReorganisationPreview,
} from './reorganisations.ts'
export { ReadReorganisation, readReorganisedTotals, type TotalChange } from './reorganised-totals.ts'
export { auditSample, readVerification, repairTotals, type Repair, type Verification } from './repair.ts'
export { readExpected, readTotals, type Total, type TotalsQuestion } from './totals.ts'
export { hierarchies, type Hierarchy } from './tree.ts'
export { verifyTotals, type Difference, type Verdict } from './verify.ts'
