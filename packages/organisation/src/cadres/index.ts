export { ListStaffing, listStaffing, type Staffing } from './staffing.ts'
export { AmendOfficer, AppointOfficer, EndPost, amendOfficer, appointOfficer, endPost } from './officers.ts'
export { ExportOfficers, ListOfficers, exportOfficers, listOfficers } from './officer-lists.ts'
export { OpenOfficer, openOfficer } from './officer-persons.ts'
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
  HoldTraining,
  cancelTraining,
  exportAttendance,
  getTraining,
  holdTraining,
  listTrainings,
  planTraining,
} from './trainings.ts'
export {
  ExportUntrainedChairs,
  ListUntrainedChairs,
  exportUntrainedChairs,
  listUntrainedChairs,
} from './untrained-chairs.ts'
export { extendContract } from './committee-sizes.ts'
