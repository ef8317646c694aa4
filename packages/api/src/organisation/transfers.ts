import {
  AcceptTransfers,
  ExportTransfers,
  FindUnion,
  ListTransfers,
  RejectTransfers,
  RequestTransfers,
  RequestTransfersOfUnion,
  WithdrawTransfers,
  acceptTransfers,
  exportTransfers,
  findUnion,
  listTransfers,
  rejectTransfers,
  requestTransfers,
  requestTransfersOfUnion,
  withdrawTransfers,
} from '@gonglian/organisation'
import { provenProcedure, router, tenantProcedure } from '../procedures.ts'

/** Members who move from one union to another, of whatever body. */
export const transfers = router({
  findUnion: tenantProcedure.input(FindUnion).query(({ ctx, input }) => findUnion(ctx.tenant, input)),
  listTransfers: tenantProcedure.input(ListTransfers).query(({ ctx, input }) => listTransfers(ctx.tenant, input)),
  exportTransfers: provenProcedure.input(ExportTransfers).query(({ ctx, input }) => exportTransfers(ctx.tenant, input)),
  requestTransfers: tenantProcedure
    .input(RequestTransfers)
    .mutation(({ ctx, input }) => requestTransfers(ctx.tenant, input)),
  requestTransfersOfUnion: tenantProcedure
    .input(RequestTransfersOfUnion)
    .mutation(({ ctx, input }) => requestTransfersOfUnion(ctx.tenant, input)),
  acceptTransfers: tenantProcedure
    .input(AcceptTransfers)
    .mutation(({ ctx, input }) => acceptTransfers(ctx.tenant, input)),
  rejectTransfers: tenantProcedure
    .input(RejectTransfers)
    .mutation(({ ctx, input }) => rejectTransfers(ctx.tenant, input)),
  withdrawTransfers: tenantProcedure
    .input(WithdrawTransfers)
    .mutation(({ ctx, input }) => withdrawTransfers(ctx.tenant, input)),
})
