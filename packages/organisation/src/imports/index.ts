export { GetImportLayout, MapImport, ReadImportAgain, getImportLayout, mapImport, readImportAgain, type ImportLayout } from './columns-step.ts'
export { ListImportProblems, ReadFaultyRows, listImportProblems, readFaultyRows, type FaultyRows, type ListedProblem } from './faults.ts'
export { declaredImports } from './import-kinds.ts'
export {
  CancelImport,
  CommitImport,
  GetImport,
  ImportRun,
  ListImports,
  RetryImport,
  StartImport,
  UndoImport,
  cancelImport,
  commitImport,
  getImport,
  listImports,
  retryImport,
  startImport,
  undoImport,
  type Import,
} from './imports.ts'
export { runImport } from './import-runs.ts'
export { ReadTemplate, readTemplate, type Template } from './templates.ts'
export { memberColumns } from '../members/member-columns.ts'
