import { ExportAudit, ListAudit, exportAudit, listAudit, verifyAudit } from '@gonglian/tenancy'
import { provenProcedure, router, tenantProcedure } from './procedures.ts'

/** The body's own trail, for its audit administrator. */
export const audit = router({
  listAudit: tenantProcedure.input(ListAudit).query(({ ctx, input }) => listAudit(ctx.tenant, input)),
  exportAudit: provenProcedure.input(ExportAudit).query(({ ctx, input }) => exportAudit(ctx.tenant, input)),
  verifyAudit: tenantProcedure.query(({ ctx }) => verifyAudit(ctx.tenant)),
})
