import {
  CancelImport,
  CommitImport,
  ExportImportProblems,
  GetImport,
  GetImportLayout,
  ListImportProblems,
  ListImports,
  MapImport,
  ReadFaultyRows,
  ReadImportAgain,
  ReadTemplate,
  RetryImport,
  StartImport,
  UndoImport,
  cancelImport,
  commitImport,
  exportImportProblems,
  getImport,
  getImportLayout,
  listImportProblems,
  listImports,
  mapImport,
  readFaultyRows,
  readImportAgain,
  readTemplate,
  retryImport,
  startImport,
  undoImport,
} from '@gonglian/organisation'
import { provenProcedure, router, tenantProcedure } from '../procedures.ts'

/** Unions, members and employers from files. */
export const imports = router({
  readTemplate: tenantProcedure.input(ReadTemplate).query(({ ctx, input }) => readTemplate(ctx.tenant, input)),
  listImports: tenantProcedure.input(ListImports).query(({ ctx, input }) => listImports(ctx.tenant, input)),
  getImport: tenantProcedure.input(GetImport).query(({ ctx, input }) => getImport(ctx.tenant, input)),
  getImportLayout: tenantProcedure.input(GetImportLayout).query(({ ctx, input }) => getImportLayout(ctx.tenant, input)),
  listImportProblems: tenantProcedure
    .input(ListImportProblems)
    .query(({ ctx, input }) => listImportProblems(ctx.tenant, input)),
  exportImportProblems: provenProcedure
    .input(ExportImportProblems)
    .query(({ ctx, input }) => exportImportProblems(ctx.tenant, input)),
  readFaultyRows: provenProcedure.input(ReadFaultyRows).query(({ ctx, input }) => readFaultyRows(ctx.tenant, input)),
  startImport: tenantProcedure.input(StartImport).mutation(({ ctx, input }) => startImport(ctx.tenant, input)),
  readImportAgain: tenantProcedure
    .input(ReadImportAgain)
    .mutation(({ ctx, input }) => readImportAgain(ctx.tenant, input)),
  mapImport: tenantProcedure.input(MapImport).mutation(({ ctx, input }) => mapImport(ctx.tenant, input)),
  commitImport: tenantProcedure.input(CommitImport).mutation(({ ctx, input }) => commitImport(ctx.tenant, input)),
  cancelImport: tenantProcedure.input(CancelImport).mutation(({ ctx, input }) => cancelImport(ctx.tenant, input)),
  retryImport: tenantProcedure.input(RetryImport).mutation(({ ctx, input }) => retryImport(ctx.tenant, input)),
  undoImport: tenantProcedure.input(UndoImport).mutation(({ ctx, input }) => undoImport(ctx.tenant, input)),
})
