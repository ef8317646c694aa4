import { z } from 'zod'
import {
  ChangeEmployer,
  CloseEmployer,
  ListEmployers,
  RankRates,
  RegisterEmployer,
  RestructureEmployer,
  SummariseGap,
  changeEmployer,
  closeEmployer,
  getEmployer,
  listEmployers,
  rankRates,
  registerEmployer,
  restructureEmployer,
  summariseGap,
} from '@gonglian/organisation'
import { router, tenantProcedure } from '../procedures.ts'

/** Employers and the gap between who must have a union and who has one. */
export const employers = router({
  listEmployers: tenantProcedure.input(ListEmployers).query(({ ctx, input }) => listEmployers(ctx.tenant, input)),
  getEmployer: tenantProcedure
    .input(z.object({ employerId: z.int().positive() }))
    .query(({ ctx, input }) => getEmployer(ctx.tenant, input.employerId)),
  summariseGap: tenantProcedure.input(SummariseGap).query(({ ctx, input }) => summariseGap(ctx.tenant, input)),
  rankRates: tenantProcedure.input(RankRates).query(({ ctx, input }) => rankRates(ctx.tenant, input)),
  registerEmployer: tenantProcedure
    .input(RegisterEmployer)
    .mutation(({ ctx, input }) => registerEmployer(ctx.tenant, input)),
  changeEmployer: tenantProcedure.input(ChangeEmployer).mutation(({ ctx, input }) => changeEmployer(ctx.tenant, input)),
  closeEmployer: tenantProcedure.input(CloseEmployer).mutation(({ ctx, input }) => closeEmployer(ctx.tenant, input)),
  restructureEmployer: tenantProcedure
    .input(RestructureEmployer)
    .mutation(({ ctx, input }) => restructureEmployer(ctx.tenant, input)),
})
