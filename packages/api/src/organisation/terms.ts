import { z } from 'zod'
import {
  ApplyResult,
  AskElection,
  AskExtension,
  FailElection,
  HoldPoll,
  ListElections,
  ListTerms,
  RecordTerm,
  WithdrawElection,
  applyResult,
  askElection,
  askExtension,
  failElection,
  getElection,
  holdPoll,
  listElections,
  listTerms,
  recordTerm,
  withdrawElection,
} from '@gonglian/organisation'
import { router, tenantProcedure } from '../procedures.ts'

/** Terms of committees and the elections that renew them. */
export const terms = router({
  listTerms: tenantProcedure.input(ListTerms).query(({ ctx, input }) => listTerms(ctx.tenant, input)),
  recordTerm: tenantProcedure.input(RecordTerm).mutation(({ ctx, input }) => recordTerm(ctx.tenant, input)),
  askExtension: tenantProcedure.input(AskExtension).mutation(({ ctx, input }) => askExtension(ctx.tenant, input)),
  listElections: tenantProcedure.input(ListElections).query(({ ctx, input }) => listElections(ctx.tenant, input)),
  getElection: tenantProcedure
    .input(z.object({ electionId: z.int().positive() }))
    .query(({ ctx, input }) => getElection(ctx.tenant, input.electionId)),
  askElection: tenantProcedure.input(AskElection).mutation(({ ctx, input }) => askElection(ctx.tenant, input)),
  withdrawElection: tenantProcedure
    .input(WithdrawElection)
    .mutation(({ ctx, input }) => withdrawElection(ctx.tenant, input)),
  holdPoll: tenantProcedure.input(HoldPoll).mutation(({ ctx, input }) => holdPoll(ctx.tenant, input)),
  applyResult: tenantProcedure.input(ApplyResult).mutation(({ ctx, input }) => applyResult(ctx.tenant, input)),
  failElection: tenantProcedure.input(FailElection).mutation(({ ctx, input }) => failElection(ctx.tenant, input)),
})
