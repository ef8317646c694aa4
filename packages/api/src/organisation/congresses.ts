import { z } from 'zod'
import {
  CancelCongress,
  DecideDelegates,
  ExportDelegates,
  HoldCongress,
  IssueDelegateQuotas,
  ListCongresses,
  ListDelegateQuotas,
  ListDelegates,
  PlanCongress,
  ReportDelegates,
  SaveDelegateQuotas,
  cancelCongress,
  decideDelegates,
  exportDelegates,
  getCongress,
  holdCongress,
  issueDelegateQuotas,
  listCongresses,
  listDelegateQuotas,
  listDelegates,
  planCongress,
  reportDelegates,
  saveDelegateQuotas,
} from '@gonglian/organisation'
import { provenProcedure, router, tenantProcedure } from '../procedures.ts'

/** Congresses and the delegates sent to them. */
export const congresses = router({
  listCongresses: tenantProcedure.input(ListCongresses).query(({ ctx, input }) => listCongresses(ctx.tenant, input)),
  getCongress: tenantProcedure
    .input(z.object({ congressId: z.int().positive() }))
    .query(({ ctx, input }) => getCongress(ctx.tenant, input.congressId)),
  planCongress: tenantProcedure.input(PlanCongress).mutation(({ ctx, input }) => planCongress(ctx.tenant, input)),
  holdCongress: tenantProcedure.input(HoldCongress).mutation(({ ctx, input }) => holdCongress(ctx.tenant, input)),
  cancelCongress: tenantProcedure.input(CancelCongress).mutation(({ ctx, input }) => cancelCongress(ctx.tenant, input)),
  listDelegateQuotas: tenantProcedure
    .input(ListDelegateQuotas)
    .query(({ ctx, input }) => listDelegateQuotas(ctx.tenant, input)),
  saveDelegateQuotas: tenantProcedure
    .input(SaveDelegateQuotas)
    .mutation(({ ctx, input }) => saveDelegateQuotas(ctx.tenant, input)),
  issueDelegateQuotas: tenantProcedure
    .input(IssueDelegateQuotas)
    .mutation(({ ctx, input }) => issueDelegateQuotas(ctx.tenant, input)),
  listDelegates: tenantProcedure.input(ListDelegates).query(({ ctx, input }) => listDelegates(ctx.tenant, input)),
  exportDelegates: provenProcedure.input(ExportDelegates).query(({ ctx, input }) => exportDelegates(ctx.tenant, input)),
  reportDelegates: tenantProcedure
    .input(ReportDelegates)
    .mutation(({ ctx, input }) => reportDelegates(ctx.tenant, input)),
  decideDelegates: tenantProcedure
    .input(DecideDelegates)
    .mutation(({ ctx, input }) => decideDelegates(ctx.tenant, input)),
})
