import {
  CheckAcceptance,
  CheckItems,
  CountCompliance,
  DefineChecklist,
  FreezeCompliance,
  GetChecklist,
  GetLedger,
  ListChecklists,
  ListCompliance,
  checkAcceptance,
  checkItems,
  countCompliance,
  defineChecklist,
  freezeCompliance,
  getChecklist,
  getLedger,
  listChecklists,
  listCompliance,
} from '@gonglian/organisation'
import { router, tenantProcedure } from '../procedures.ts'

/** What unions must have or show, what they have, and how many have it all. */
export const checklists = router({
  listChecklists: tenantProcedure.input(ListChecklists).query(({ ctx, input }) => listChecklists(ctx.tenant, input)),
  getChecklist: tenantProcedure.input(GetChecklist).query(({ ctx, input }) => getChecklist(ctx.tenant, input)),
  defineChecklist: tenantProcedure
    .input(DefineChecklist)
    .mutation(({ ctx, input }) => defineChecklist(ctx.tenant, input)),
  getLedger: tenantProcedure.input(GetLedger).query(({ ctx, input }) => getLedger(ctx.tenant, input)),
  checkAcceptance: tenantProcedure.input(CheckAcceptance).query(({ ctx, input }) => checkAcceptance(ctx.tenant, input)),
  checkItems: tenantProcedure.input(CheckItems).mutation(({ ctx, input }) => checkItems(ctx.tenant, input)),
  countCompliance: tenantProcedure.input(CountCompliance).query(({ ctx, input }) => countCompliance(ctx.tenant, input)),
  freezeCompliance: tenantProcedure
    .input(FreezeCompliance)
    .mutation(({ ctx, input }) => freezeCompliance(ctx.tenant, input)),
  listCompliance: tenantProcedure.input(ListCompliance).query(({ ctx, input }) => listCompliance(ctx.tenant, input)),
})
