import {
  AbandonAppraisal,
  AskEarlyClosing,
  CastBallot,
  CloseAppraisal,
  CountCast,
  DrawGroupCode,
  FileAppraisal,
  IssueSlips,
  KeepGroupCode,
  ListAppraisals,
  OpenAppraisal,
  PrintSlips,
  PublishAppraisal,
  ReadGroup,
  VoidSlips,
  abandonAppraisal,
  askEarlyClosing,
  castBallot,
  closeAppraisal,
  countCast,
  drawGroupCode,
  fileAppraisal,
  isDrawnCode,
  issueSlips,
  keepGroupCode,
  listAppraisals,
  listGroupCandidates,
  openAppraisal,
  printSlips,
  publishAppraisal,
  readGroup,
  voidSlips,
} from '@gonglian/organisation'
import { DomainError } from '@gonglian/tenancy'
import { nameSource } from '../guesses.ts'
import { router, tenantProcedure, visitorProcedure } from '../procedures.ts'

/** The members’ appraisal. Whoever casts a ballot is nobody: no session, no address, no line in any trail. */
export const appraisals = router({
  listAppraisals: tenantProcedure.input(ListAppraisals).query(({ ctx, input }) => listAppraisals(ctx.tenant, input)),
  openAppraisal: tenantProcedure.input(OpenAppraisal).mutation(({ ctx, input }) => openAppraisal(ctx.tenant, input)),
  listGroupCandidates: tenantProcedure.query(({ ctx }) => listGroupCandidates(ctx.tenant)),
  readGroup: tenantProcedure.input(ReadGroup).query(({ ctx, input }) => readGroup(ctx.tenant, input)),
  drawGroupCode: tenantProcedure.input(DrawGroupCode).mutation(({ ctx, input }) => drawGroupCode(ctx.tenant, input)),
  keepGroupCode: tenantProcedure.input(KeepGroupCode).mutation(({ ctx, input }) => keepGroupCode(ctx.tenant, input)),
  issueSlips: tenantProcedure.input(IssueSlips).mutation(({ ctx, input }) => issueSlips(ctx.tenant, input)),
  printSlips: tenantProcedure.input(PrintSlips).mutation(({ ctx, input }) => printSlips(ctx.tenant, input)),
  voidSlips: tenantProcedure.input(VoidSlips).mutation(({ ctx, input }) => voidSlips(ctx.tenant, input)),
  askEarlyClosing: tenantProcedure
    .input(AskEarlyClosing)
    .mutation(({ ctx, input }) => askEarlyClosing(ctx.tenant, input)),
  countCast: tenantProcedure.input(CountCast).query(({ ctx, input }) => countCast(ctx.tenant, input)),
  closeAppraisal: tenantProcedure.input(CloseAppraisal).mutation(({ ctx, input }) => closeAppraisal(ctx.tenant, input)),
  abandonAppraisal: tenantProcedure
    .input(AbandonAppraisal)
    .mutation(({ ctx, input }) => abandonAppraisal(ctx.tenant, input)),
  publishAppraisal: tenantProcedure
    .input(PublishAppraisal)
    .mutation(({ ctx, input }) => publishAppraisal(ctx.tenant, input)),
  fileAppraisal: tenantProcedure.input(FileAppraisal).mutation(({ ctx, input }) => fileAppraisal(ctx.tenant, input)),
  castBallot: visitorProcedure.input(CastBallot).mutation(async ({ ctx, input }) => {
    const now = ctx.deps.clock()
    // Of a code that was drawn here only its own wrong tries count: a colleague behind the same address votes while others guess.
    const source = isDrawnCode(ctx.deps, input.code) ? `slip ${input.code}` : nameSource(ctx.address)
    ctx.guesses.refuse(source, now)
    try {
      await castBallot(ctx.deps, input)
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_found') ctx.guesses.count(source, now)
      throw error
    }
  }),
})
