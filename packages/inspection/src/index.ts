export { findActualSource, readActuals, type Actual, type BodyActuals, type Coverage, type Source } from './actuals.ts'
export { GetBoard, OpenBoard, getBoard, openBoard, type Board, type BoardPage, type BoardRow } from './board.ts'
export { GetCell, getCell, type Cell, type CellFigure, type CellPart } from './cells.ts'
export { readOverview } from './overview.ts'
export { GetHeat, getHeat, type Heat, type HeatCell, type HeatRow } from './heat.ts'
export { measureProgress, rankBodies, type Light, type Progress, type Yardstick } from './progress.ts'
export {
  SeeUrge,
  SendUrges,
  findLastUrges,
  listReceivedUrges,
  seeUrge,
  sendUrges,
  type Cause,
  type Urge,
} from './urges.ts'
export { listBlockers, type Blocker, type Blockers, type ReviewBlocker } from './blockers.ts'
export { listChanges, type Change } from './changes.ts'
export { ReadDesk, readDesk, type Desk } from './desk.ts'
export { inspection } from './domain.ts'
export { ListStandings, listStandings, type Standing } from './standings.ts'
export { createReadiness, readinessBoundMs, type Readiness, type WaitingWork } from './readiness.ts'
