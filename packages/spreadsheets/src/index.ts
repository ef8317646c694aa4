export { usualLimits, type CellKind, type Limits, type SheetRow } from './limits.ts'
export { readSpreadsheet } from './reader.ts'
export { SpreadsheetRefusal, type Reason } from './refusals.mjs'
