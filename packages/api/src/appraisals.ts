import {
  CastBallot,
  CloseAppraisal,
  CountCast,
  FileAppraisal,
  IssueSlips,
  ListAppraisals,
  OpenAppraisal,
  PublishAppraisal,
  castBallot,
  closeAppraisal,
  countCast,
  fileAppraisal,
  issueSlips,
  listAppraisals,
  openAppraisal,
  publishAppraisal,
} from '@gonglian/organisation'
import { publicProcedure, router, tenantProcedure } from './procedures.ts'
import { countGuess, refuseGuesses } from './guesses.ts'

/** The members’ appraisal. Whoever casts a ballot is nobody: no session, no address, no line in any trail. */
export const appraisals = router({
  listAppraisals: tenantProcedure.input(ListAppraisals).query(({ ctx, input }) => listAppraisals(ctx.tenant, input)),
  openAppraisal: tenantProcedure.input(OpenAppraisal).mutation(({ ctx, input }) => openAppraisal(ctx.tenant, input)),
  issueSlips: tenantProcedure.input(IssueSlips).mutation(({ ctx, input }) => issueSlips(ctx.tenant, input)),
  countCast: tenantProcedure.input(CountCast).query(({ ctx, input }) => countCast(ctx.tenant, input)),
  closeAppraisal: tenantProcedure.input(CloseAppraisal).mutation(({ ctx, input }) => closeAppraisal(ctx.tenant, input)),
  publishAppraisal: tenantProcedure
    .input(PublishAppraisal)
    .mutation(({ ctx, input }) => publishAppraisal(ctx.tenant, input)),
  fileAppraisal: tenantProcedure.input(FileAppraisal).mutation(({ ctx, input }) => fileAppraisal(ctx.tenant, input)),
  castBallot: publicProcedure.input(CastBallot).mutation(async ({ ctx, input }) => {
    refuseGuesses(ctx.deps.clock())
    try {
      await castBallot(ctx.deps, input)
    } catch (error) {
      countGuess(error, ctx.deps.clock())
      throw error
    }
  }),
})
