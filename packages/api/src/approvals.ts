import { GetApplication, getApplication } from '@gonglian/approvals'
import { allApprovals } from '@gonglian/domains'
import { router, tenantProcedure } from './procedures.ts'

/** What is applied for; lists and decisions are declared (`applications`). */
export const approvals = router({
  getApplication: tenantProcedure
    .input(GetApplication)
    .query(({ ctx, input }) => getApplication(ctx.tenant, allApprovals, input)),
})
