import { z } from 'zod'
import { Period, getForm } from '@gonglian/indicators'
import { hierarchies, readTotals } from '@gonglian/rollup'
import { listChildren } from '@gonglian/tenancy'
import { bodyField, findBodyId } from './body.ts'
import { router, tenantProcedure } from './procedures.ts'

const ReadTotals = z.object({
  form: z.string().regex(/^[a-z0-9][a-z0-9-]{1,63}$/, 'errors.formCode'),
  periods: z.array(Period).min(1).max(40),
  hierarchy: z.enum(hierarchies).default('regional'),
  /** The bodies directly below beside it. */
  withChildren: z.boolean().default(false),
  positions: z.array(z.int().positive()).max(4000).optional(),
  ...bodyField,
})

/** Rolled-up figures, as reported and as accepted. */
export const totals = router({
  readTotals: tenantProcedure.input(ReadTotals).query(async ({ ctx, input }) => {
    const { form: code, body, withChildren, positions, periods, hierarchy } = input
    const head = await findBodyId(ctx.tenant, body)
    const below = withChildren ? await listChildren(ctx.tenant, head, hierarchy) : []
    const form = await getForm(ctx.tenant, code)
    return readTotals(ctx.tenant, {
      formId: form.id,
      periods,
      hierarchy,
      bodies: [head, ...below.map((child) => child.id)],
      ...(positions === undefined ? {} : { positions }),
    })
  }),
})
