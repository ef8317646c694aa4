import { z } from 'zod'
import {
  IndicatorCode,
  IndicatorInput,
  ListIndicators,
  defineIndicator,
  getIndicator,
  listIndicators,
} from '@gonglian/indicators'
import { router, tenantProcedure } from './procedures.ts'

/** The catalogue a body reports by: its superiors' and its own. */
export const indicators = router({
  listIndicators: tenantProcedure.input(ListIndicators).query(({ ctx, input }) => listIndicators(ctx.tenant, input)),
  getIndicator: tenantProcedure
    .input(z.object({ code: IndicatorCode }))
    .query(({ ctx, input }) => getIndicator(ctx.tenant, input.code)),
  defineIndicator: tenantProcedure
    .input(IndicatorInput)
    .mutation(({ ctx, input }) => defineIndicator(ctx.tenant, input)),
})
