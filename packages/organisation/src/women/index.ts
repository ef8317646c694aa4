export { FormWomenBody, ListWomenGaps, formWomenBody, listWomenGaps, type WomenGap } from './women-bodies.ts'
export { listActivities, recordActivity } from './activities.ts'
export { closeRoom, listRooms, openRoom } from './nursing-rooms.ts'
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
