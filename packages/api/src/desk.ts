import { z } from 'zod'
import { markDeskSeen, readDeskSeen } from '@gonglian/auth'
import { ReadDesk, readDesk } from '@gonglian/inspection'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { router, tenantProcedure } from './procedures.ts'

const weekMs = 7 * 86_400_000

const GetDesk = ReadDesk.omit({ since: true }).extend({
  /** The news of the last seven days, also those already read. */
  week: z.boolean().default(false),
})

/** The desk of the person who asks, with the news since they last read them. */
async function getDesk(ctx: TenantContext, { week, period }: z.output<typeof GetDesk>) {
  requirePermission(ctx, 'progress:read')
  const seenAt = await readDeskSeen(ctx)
  const since = week || seenAt === null ? new Date(ctx.now.getTime() - weekMs) : seenAt
  return { ...(await readDesk(ctx, { period, since })), since, seenAt, today: ctx.today }
}

export const desk = router({
  getDesk: tenantProcedure.input(GetDesk).query(({ ctx, input }) => getDesk(ctx.tenant, input)),
  markDeskSeen: tenantProcedure.mutation(({ ctx }) => markDeskSeen(ctx.tenant)),
})
