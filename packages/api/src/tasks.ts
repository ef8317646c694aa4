import { tasks as declared } from '@gonglian/domains'
import { SettleTask, gatherTasks, settleTask, sumTasks } from '@gonglian/tasks'
import { router, tenantProcedure } from './procedures.ts'

/** What waits for the person who asks, of all domains. Each kind of task says by its permission who has it. */
export const tasks = router({
  listTasks: tenantProcedure.query(async ({ ctx }) => ({
    today: ctx.tenant.today,
    kinds: await gatherTasks(ctx.tenant, declared),
  })),
  countTasks: tenantProcedure.query(async ({ ctx }) => sumTasks(await gatherTasks(ctx.tenant, declared))),
  settleTask: tenantProcedure.input(SettleTask).mutation(({ ctx, input }) => settleTask(ctx.tenant, declared, input)),
})
