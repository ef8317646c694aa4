export {
  GetImportLayout,
  MapImport,
  ReadImportAgain,
  getImportLayout,
  mapImport,
  readImportAgain,
  type ImportLayout,
} from './columns-step.ts'
export {
  ListImportProblems,
  ReadFaultyRows,
  ExportImportProblems,
  exportImportProblems,
  listImportProblems,
  readFaultyRows,
  type FaultyRows,
  type ListedProblem,
} from './faults.ts'
export { declaredImports } from './import-kinds.ts'
export {
  CancelImport,
  CommitImport,
  ImportRun,
  RetryImport,
  StartImport,
  UndoImport,
  cancelImport,
  commitImport,
  importMoves,
  retryImport,
  startImport,
  undoImport,
} from './imports.ts'
export { GetImport, ListImports, getImport, listImports, type Import } from './import-records.ts'
export { runImport } from './import-runs.ts'
export { ReadTemplate, readTemplate, type Template } from './templates.ts'
export { memberColumns } from '../members/member-columns.ts'
