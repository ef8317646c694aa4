// Runs without the reader: what only writes files imports this.
export { nameColumn } from './column-names.ts'
export { csvMark, writeCsv, writeCsvLine } from './csv-writer.ts'
export { writeFaultyRows, type FaultyRow } from './faulty-rows.ts'
export type { WrittenLine, WrittenSheet } from './sheet-writer.ts'
export { writeSheets, writeWorkbook, writeWorkbookLines, type WrittenColumn } from './workbook-writer.ts'
export { writeFigure, type CellValue, type Day, type Figure } from './written-cells.ts'
