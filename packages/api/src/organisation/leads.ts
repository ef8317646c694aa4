import { z } from 'zod'
import {
  AssignLead,
  EndLead,
  FormGroup,
  ListLeads,
  OpenLeads,
  RefuseLead,
  SendInstructor,
  assignLead,
  endLead,
  formGroup,
  listFounders,
  listLeads,
  openLeads,
  refuseLead,
  sendInstructor,
} from '@gonglian/organisation'
import { router, tenantProcedure } from '../procedures.ts'

/** The way of employers to a union: leads and their preparation. */
export const leads = router({
  listLeads: tenantProcedure.input(ListLeads).query(({ ctx, input }) => listLeads(ctx.tenant, input)),
  openLeads: tenantProcedure.input(OpenLeads).mutation(({ ctx, input }) => openLeads(ctx.tenant, input)),
  assignLead: tenantProcedure.input(AssignLead).mutation(({ ctx, input }) => assignLead(ctx.tenant, input)),
  refuseLead: tenantProcedure.input(RefuseLead).mutation(({ ctx, input }) => refuseLead(ctx.tenant, input)),
  endLead: tenantProcedure.input(EndLead).mutation(({ ctx, input }) => endLead(ctx.tenant, input)),
  sendInstructor: tenantProcedure.input(SendInstructor).mutation(({ ctx, input }) => sendInstructor(ctx.tenant, input)),
  formGroup: tenantProcedure.input(FormGroup).mutation(({ ctx, input }) => formGroup(ctx.tenant, input)),
  listFounders: tenantProcedure
    .input(z.object({ leadId: z.int().positive() }))
    .query(({ ctx, input }) => listFounders(ctx.tenant, input.leadId)),
})
