import { z } from 'zod'
import {
  CancelImport,
  CommitImport,
  GetImport,
  ListImportProblems,
  ListImports,
  RetryImport,
  StartImport,
  cancelImport,
  commitImport,
  getImport,
  listImportProblems,
  listImports,
  makeTemplate,
  retryImport,
  startImport,
} from '@gonglian/organisation'
import { requirePermission } from '@gonglian/tenancy'
import { router, tenantProcedure } from './procedures.ts'

/** Enrolment of many members from a file. */
export const imports = router({
  readTemplate: tenantProcedure.input(z.object({ locale: z.enum(['zh-CN', 'en']) })).query(({ ctx, input }) => {
    requirePermission(ctx.tenant, 'member:write')
    return makeTemplate(input.locale)
  }),
  listImports: tenantProcedure.input(ListImports).query(({ ctx, input }) => listImports(ctx.tenant, input)),
  getImport: tenantProcedure.input(GetImport).query(({ ctx, input }) => getImport(ctx.tenant, input)),
  listImportProblems: tenantProcedure
    .input(ListImportProblems)
    .query(({ ctx, input }) => listImportProblems(ctx.tenant, input)),
  startImport: tenantProcedure.input(StartImport).mutation(({ ctx, input }) => startImport(ctx.tenant, input)),
  commitImport: tenantProcedure.input(CommitImport).mutation(({ ctx, input }) => commitImport(ctx.tenant, input)),
  cancelImport: tenantProcedure.input(CancelImport).mutation(({ ctx, input }) => cancelImport(ctx.tenant, input)),
  retryImport: tenantProcedure.input(RetryImport).mutation(({ ctx, input }) => retryImport(ctx.tenant, input)),
})
