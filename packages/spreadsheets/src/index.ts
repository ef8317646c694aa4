export {
  hasLostDigits,
  isTotalRow,
  readCell,
  readCells,
  type CellFault,
  type CellRule,
  type ReadCells,
} from './cells.ts'
export { cleanText, foldTitle, type CellType, type Choice, type Column } from './columns.ts'
export { readDayText, type DayFault } from './days.ts'
export { findHead, headRows, type Head } from './heads.ts'
export { usualLimits, type CellKind, type Limits, type Sheet, type SheetRow } from './limits.ts'
export { matchColumns, toMapping, type ColumnMatch, type Mapping, type Offer } from './matching.ts'
export { openSpreadsheet, readSpreadsheet, type OpenSpreadsheet } from './reader.ts'
export { SpreadsheetRefusal, type Reason } from './refusals.mjs'
export { compareTexts, findSimilar } from './similarity.ts'
export { openTable, type Table, type TableOptions, type TableRow } from './tables.ts'
export * from './writing.ts'
