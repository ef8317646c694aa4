export {
  applicationFiles,
  defineApproval,
  type AnyApproval,
  type Cell,
  type Decided,
  type Paper,
  type Shown,
} from './approval.ts'
export { applyFor, readSuperior } from './applying.ts'
export { closeOpen, collectApprovals, declareDecisions, lapseApplications, type Approvals } from './deciding.ts'
export { declareApprovals } from './domain.ts'
export { GetApplication, getApplication, listReceived, listSent, type ApplicationView } from './reading.ts'
export { hasOpen, listRecordApplications, readApproved, type RecordApplication } from './records.ts'
export { listOpenApplications, type OpenApplication } from './open-steps.ts'
