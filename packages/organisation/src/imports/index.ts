export { importColumns, makeTemplate, memberColumns, type ColumnKey } from './import-columns.ts'
export {
  CancelImport,
  CommitImport,
  GetImport,
  ImportRun,
  ListImportProblems,
  ListImports,
  RetryImport,
  StartImport,
  cancelImport,
  commitImport,
  getImport,
  listImportProblems,
  listImports,
  retryImport,
  startImport,
  type Import,
  type ListedProblem,
} from './imports.ts'
export { runImport } from './import-runs.ts'
