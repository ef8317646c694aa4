import {
  AcceptReport,
  AcceptReports,
  GetReview,
  ListMissing,
  ListReviewQueue,
  RefuseCorrection,
  ReopenReport,
  ReturnReport,
  acceptReport,
  acceptReports,
  getReview,
  listMissing,
  listReviewQueue,
  refuseCorrection,
  reopenReport,
  returnReport,
} from '@gonglian/reporting'
import { router, tenantProcedure } from './procedures.ts'

/** What a superior decides about the reports of those directly below. */
export const reviews = router({
  listReviewQueue: tenantProcedure.input(ListReviewQueue).query(({ ctx, input }) => listReviewQueue(ctx.tenant, input)),
  getReview: tenantProcedure.input(GetReview).query(({ ctx, input }) => getReview(ctx.tenant, input)),
  acceptReport: tenantProcedure.input(AcceptReport).mutation(({ ctx, input }) => acceptReport(ctx.tenant, input)),
  acceptReports: tenantProcedure.input(AcceptReports).mutation(({ ctx, input }) => acceptReports(ctx.tenant, input)),
  returnReport: tenantProcedure.input(ReturnReport).mutation(({ ctx, input }) => returnReport(ctx.tenant, input)),
  reopenReport: tenantProcedure.input(ReopenReport).mutation(({ ctx, input }) => reopenReport(ctx.tenant, input)),
  refuseCorrection: tenantProcedure
    .input(RefuseCorrection)
    .mutation(({ ctx, input }) => refuseCorrection(ctx.tenant, input)),
  listMissing: tenantProcedure.input(ListMissing).query(({ ctx, input }) => listMissing(ctx.tenant, input)),
})
