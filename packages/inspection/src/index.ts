export { findActualSource, readActuals, type Actual, type BodyActuals, type Coverage, type Source } from './actuals.ts'
export { GetBoard, getBoard, type Board, type BoardRow } from './board.ts'
export { measureProgress, rankBodies, type Light, type Progress, type Yardstick } from './progress.ts'
export { SeeUrge, SendUrges, findLastUrges, listReceivedUrges, seeUrge, sendUrges, type Cause, type Urge } from './urges.ts'
