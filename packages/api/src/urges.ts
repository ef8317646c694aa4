import { SendUrges, listReceivedUrges, sendUrges } from '@gonglian/inspection'
import { router, tenantProcedure } from './procedures.ts'

/** Reminding those who are waited for. */
export const urges = router({
  sendUrges: tenantProcedure.input(SendUrges).mutation(({ ctx, input }) => sendUrges(ctx.tenant, input)),
  listReceivedUrges: tenantProcedure.query(({ ctx }) => listReceivedUrges(ctx.tenant)),
})
