import { z } from 'zod'
import {
  ParameterKey,
  SetParameter,
  findLimitSchema,
  getParameter,
  listLimits,
  listParameters,
  setParameter,
} from '@gonglian/indicators'
import { bodyField, findBodyId } from './body.ts'
import { provenProcedure, router, tenantProcedure } from './procedures.ts'

const on = z.iso.date().optional()

/** What differs by place and time, with where each value comes from. */
export const parameters = router({
  listParameters: tenantProcedure
    .input(z.object({ on }))
    .query(({ ctx, input }) =>
      listParameters(ctx.tenant, { rules: listLimits(), ...(input.on === undefined ? {} : { on: input.on }) }),
    ),
  getParameter: tenantProcedure.input(z.object({ key: ParameterKey, on, ...bodyField })).query(async ({ ctx, input }) =>
    getParameter(ctx.tenant, input.key, z.json(), {
      federationId: await findBodyId(ctx.tenant, input.body),
      ...(input.on === undefined ? {} : { on: input.on }),
    }),
  ),
  setParameter: provenProcedure
    .input(SetParameter)
    .mutation(({ ctx, input }) => setParameter(ctx.tenant, input, findLimitSchema(input.key))),
})
