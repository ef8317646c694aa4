import { feeds } from '@gonglian/domains/feeds'
import {
  GetCellHistory,
  GetReport,
  ListMyReports,
  ListTimeliness,
  ListVersions,
  OpenReport,
  RequestCorrection,
  SaveDraft,
  SubmitReport,
  WithdrawReport,
  getCellHistory,
  getReport,
  listMyReports,
  listTimeliness,
  listVersions,
  openReport,
  requestCorrection,
  saveDraft,
  submitReport,
  withdrawReport,
} from '@gonglian/reporting'
import { countFeeds } from '@gonglian/indicators'
import { bodyField, findBodyId } from './body.ts'
import { nameSources } from './feeds.ts'
import { router, tenantProcedure } from './procedures.ts'

/** A body's own reports: filled in, handed in, corrected. */
export const reports = router({
  listMyReports: tenantProcedure.input(ListMyReports).query(({ ctx, input }) => listMyReports(ctx.tenant, input)),
  listTimeliness: tenantProcedure
    .input(ListTimeliness.omit({ bodyId: true }).extend(bodyField))
    .query(async ({ ctx, input: { body, ...question } }) =>
      listTimeliness(ctx.tenant, { ...question, bodyId: await findBodyId(ctx.tenant, body) }),
    ),
  openReport: tenantProcedure.input(OpenReport).mutation(async ({ ctx, input }) => {
    await countFeeds(ctx.tenant, feeds, input)
    return openReport(ctx.tenant, input)
  }),
  getReport: tenantProcedure.input(GetReport).query(async ({ ctx, input }) => {
    if (input.body === undefined) await countFeeds(ctx.tenant, feeds, input)
    return nameSources(await getReport(ctx.tenant, input))
  }),
  saveDraft: tenantProcedure.input(SaveDraft).mutation(({ ctx, input }) => saveDraft(ctx.tenant, input)),
  submitReport: tenantProcedure.input(SubmitReport).mutation(({ ctx, input }) => submitReport(ctx.tenant, input)),
  withdrawReport: tenantProcedure.input(WithdrawReport).mutation(({ ctx, input }) => withdrawReport(ctx.tenant, input)),
  requestCorrection: tenantProcedure
    .input(RequestCorrection)
    .mutation(({ ctx, input }) => requestCorrection(ctx.tenant, input)),
  listVersions: tenantProcedure.input(ListVersions).query(({ ctx, input }) => listVersions(ctx.tenant, input)),
  getCellHistory: tenantProcedure.input(GetCellHistory).query(({ ctx, input }) => getCellHistory(ctx.tenant, input)),
})
