export { CellInput, type Sheet } from './cells.ts'
export {
  RefuseCorrection,
  ReopenReport,
  RequestCorrection,
  refuseCorrection,
  reopenReport,
  requestCorrection,
} from './corrections.ts'
export { SaveDraft, saveDraft, type MergedCell } from './drafts.ts'
export { reporting } from './domain.ts'
export { nameForms, type FormName } from './form-names.ts'
export { GetCellHistory, ListVersions, getCellHistory, listVersions, type CellStep, type Step } from './history.ts'
export { importReports, type Import, type ImportedReport } from './imports.ts'
export { loadHistory } from './past.ts'
export { listDecisions, listHandedIn, type Decided, type HandedIn } from './news.ts'
export { ListMissing, listMissing, listMissingChildren, type MissingChildren, type MissingReport } from './missing.ts'
export { ListMyReports, listMyReports, type MyReport } from './obligations.ts'
export { ListTimeliness, listTimeliness, type HandIn, type Timeliness } from './timeliness.ts'
export { ListReviewWork, listReviewWork, type ReviewWork } from './overview.ts'
export { GetReview, ListReviewQueue, getReview, listReviewQueue, type QueuedReport, type Review } from './queue.ts'
export { OpenReport, openReport } from './reports.ts'
export {
  AcceptAgain,
  AcceptReport,
  AcceptReports,
  ReturnReport,
  acceptAgain,
  acceptReport,
  acceptReports,
  returnReport,
  type AcceptedReports,
} from './reviews.ts'
export { reportStates, type ReportStanding, type ReportState } from './states.ts'
export { SubmitReport, WithdrawReport, submitReport, withdrawReport } from './submissions.ts'
export type { Fault, ReportEvent } from './versions.ts'
export { GetReport, getReport, type ReportView } from './views.ts'
export {
  countReviewQueue,
  listSentBack,
  listSlowReviewers,
  type QueueCount,
  type SentBackReport,
  type SlowReviewer,
} from './waiting.ts'
