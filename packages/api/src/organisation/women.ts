import {
  CountFindings,
  FollowUp,
  FormWomenBody,
  KeepScreeningResult,
  ListFollowUps,
  ListScreenings,
  ListWomenGaps,
  OpenScreeningResult,
  RecordScreening,
  countFindings,
  followUp,
  formWomenBody,
  keepScreeningResult,
  listFollowUps,
  listScreenings,
  listWomenGaps,
  openScreeningResult,
  recordScreening,
} from '@gonglian/organisation'
import { provenProcedure, router, tenantProcedure } from '../procedures.ts'

/** The women’s organisation: bodies, screening. */
export const women = router({
  listWomenGaps: tenantProcedure.input(ListWomenGaps).query(({ ctx, input }) => listWomenGaps(ctx.tenant, input)),
  formWomenBody: tenantProcedure.input(FormWomenBody).mutation(({ ctx, input }) => formWomenBody(ctx.tenant, input)),
  listScreenings: tenantProcedure.input(ListScreenings).query(({ ctx, input }) => listScreenings(ctx.tenant, input)),
  recordScreening: tenantProcedure
    .input(RecordScreening)
    .mutation(({ ctx, input }) => recordScreening(ctx.tenant, input)),
  keepScreeningResult: tenantProcedure
    .input(KeepScreeningResult)
    .mutation(({ ctx, input }) => keepScreeningResult(ctx.tenant, input)),
  openScreeningResult: provenProcedure
    .input(OpenScreeningResult)
    .mutation(({ ctx, input }) => openScreeningResult(ctx.tenant, input)),
  listFollowUps: tenantProcedure.input(ListFollowUps).query(({ ctx, input }) => listFollowUps(ctx.tenant, input)),
  followUp: tenantProcedure.input(FollowUp).mutation(({ ctx, input }) => followUp(ctx.tenant, input)),
  countFindings: tenantProcedure.input(CountFindings).mutation(({ ctx, input }) => countFindings(ctx.tenant, input)),
})
