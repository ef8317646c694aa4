import { tasks as declared } from '@gonglian/domains'
import {
  DropChannel,
  ListDeliveries,
  SetChannel,
  SetMailAddress,
  SettleTask,
  countUnread,
  dropChannel,
  gatherTasks,
  listChannels,
  listDeliveries,
  listDigests,
  markDigestsRead,
  readMailAddress,
  setChannel,
  setMailAddress,
  settleTask,
  sumTasks,
} from '@gonglian/tasks'
import { provenProcedure, router, tenantProcedure } from './procedures.ts'

/** What waits for the person who asks, of all domains. Each kind of task says by its permission who has it. */
export const tasks = router({
  listTasks: tenantProcedure.query(async ({ ctx }) => ({
    today: ctx.tenant.today,
    kinds: await gatherTasks(ctx.tenant, declared),
  })),
  countTasks: tenantProcedure.query(async ({ ctx }) => ({
    ...sumTasks(await gatherTasks(ctx.tenant, declared)),
    unread: await countUnread(ctx.tenant),
  })),
  settleTask: tenantProcedure.input(SettleTask).mutation(({ ctx, input }) => settleTask(ctx.tenant, declared, input)),
  listDigests: tenantProcedure.query(({ ctx }) => listDigests(ctx.tenant)),
  markDigestsRead: tenantProcedure.mutation(({ ctx }) => markDigestsRead(ctx.tenant)),
  readMailAddress: tenantProcedure.query(({ ctx }) => readMailAddress(ctx.tenant)),
  setMailAddress: tenantProcedure.input(SetMailAddress).mutation(({ ctx, input }) => setMailAddress(ctx.tenant, input)),
  listChannels: tenantProcedure.query(({ ctx }) => listChannels(ctx.tenant)),
  setChannel: provenProcedure
    .input(SetChannel)
    .mutation(({ ctx, input }) => setChannel(ctx.tenant, input, ctx.webhookHosts)),
  dropChannel: provenProcedure.input(DropChannel).mutation(({ ctx, input }) => dropChannel(ctx.tenant, input)),
  listDeliveries: tenantProcedure.input(ListDeliveries).query(({ ctx, input }) => listDeliveries(ctx.tenant, input)),
})
