import { z } from 'zod'
import { AppendItems, FormInput, appendItems, defineForm, getForm, getFormById, listForms } from '@gonglian/indicators'
import { router, tenantProcedure } from './procedures.ts'

const FormCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,63}$/, 'errors.formCode')

/** Forms as they are issued and filled in. */
export const forms = router({
  listForms: tenantProcedure
    .input(z.object({ past: z.boolean().default(false), on: z.iso.date().optional() }))
    .query(({ ctx, input }) =>
      listForms(ctx.tenant, { past: input.past, ...(input.on === undefined ? {} : { on: input.on }) }),
    ),
  getForm: tenantProcedure
    .input(z.object({ code: FormCode }))
    .query(({ ctx, input }) => getForm(ctx.tenant, input.code)),
  getFormById: tenantProcedure
    .input(z.object({ formId: z.int().positive() }))
    .query(({ ctx, input }) => getFormById(ctx.tenant, input.formId)),
  defineForm: tenantProcedure.input(FormInput).mutation(({ ctx, input }) => defineForm(ctx.tenant, input)),
  appendItems: tenantProcedure.input(AppendItems).mutation(({ ctx, input }) => appendItems(ctx.tenant, input)),
})
