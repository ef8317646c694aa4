import { findLastUrges } from '@gonglian/inspection'
import { getForm } from '@gonglian/indicators'
import {
  AcceptAgain,
  AcceptReport,
  AcceptReports,
  GetReview,
  ListMissing,
  ListReviewQueue,
  ListReviewWork,
  RefuseCorrection,
  ReopenReport,
  ReturnReport,
  acceptAgain,
  acceptReport,
  acceptReports,
  getReview,
  listMissing,
  listReviewQueue,
  listReviewWork,
  refuseCorrection,
  reopenReport,
  returnReport,
  type MissingReport,
} from '@gonglian/reporting'
import { findFederations, type TenantContext } from '@gonglian/tenancy'
import type { z } from 'zod'
import { nameSources } from './feeds.ts'
import { router, tenantProcedure } from './procedures.ts'

type MissingView = MissingReport & {
  /** The superior who waits for it first. */
  readonly parentName: string
  /** When this body last urged it. */
  readonly urgedAt: Date | null
}

/** Who is missing, with the names of those who wait and when each was urged. */
async function listMissingAndUrged(
  ctx: TenantContext,
  input: z.output<typeof ListMissing>,
): Promise<{ formId: number; missing: MissingView[]; total: number; expected: number }> {
  const { missing, total, expected } = await listMissing(ctx, input)
  const { id: formId } = await getForm(ctx, input.form)
  const bodies = missing.map((report) => report.bodyId)
  const urged = await findLastUrges(ctx, { formId, period: input.period, bodies })
  const parents = await findFederations(ctx, [...new Set(missing.map((report) => report.parentId))])
  return {
    formId,
    total,
    expected,
    missing: missing.map((report) => ({
      ...report,
      parentName: parents.get(report.parentId)?.name ?? '',
      urgedAt: urged.get(report.bodyId) ?? null,
    })),
  }
}

/** What a superior decides about the reports of those directly below. */
export const reviews = router({
  listReviewQueue: tenantProcedure.input(ListReviewQueue).query(({ ctx, input }) => listReviewQueue(ctx.tenant, input)),
  getReview: tenantProcedure.input(GetReview).query(async ({ ctx, input }) => {
    const review = await getReview(ctx.tenant, input)
    return { ...review, report: nameSources(review.report) }
  }),
  acceptReport: tenantProcedure.input(AcceptReport).mutation(({ ctx, input }) => acceptReport(ctx.tenant, input)),
  acceptAgain: tenantProcedure.input(AcceptAgain).mutation(({ ctx, input }) => acceptAgain(ctx.tenant, input)),
  acceptReports: tenantProcedure.input(AcceptReports).mutation(({ ctx, input }) => acceptReports(ctx.tenant, input)),
  returnReport: tenantProcedure.input(ReturnReport).mutation(({ ctx, input }) => returnReport(ctx.tenant, input)),
  reopenReport: tenantProcedure.input(ReopenReport).mutation(({ ctx, input }) => reopenReport(ctx.tenant, input)),
  refuseCorrection: tenantProcedure
    .input(RefuseCorrection)
    .mutation(({ ctx, input }) => refuseCorrection(ctx.tenant, input)),
  listMissing: tenantProcedure.input(ListMissing).query(({ ctx, input }) => listMissingAndUrged(ctx.tenant, input)),
  listReviewWork: tenantProcedure.input(ListReviewWork).query(({ ctx, input }) => listReviewWork(ctx.tenant, input)),
})
