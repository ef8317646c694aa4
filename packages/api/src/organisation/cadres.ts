import { z } from 'zod'
import {
  AmendOfficer,
  AppointOfficer,
  ApproveQuota,
  CheckCommittee,
  EndPost,
  EndQuota,
  ExportOfficers,
  ExportUntrainedChairs,
  HoldTraining,
  ListOfficers,
  ListQuotas,
  ListUntrainedChairs,
  ListVacancies,
  OpenOfficer,
  ReadStaffing,
  RecordUnionDay,
  amendOfficer,
  appointOfficer,
  approveQuota,
  checkCommittee,
  endPost,
  endQuota,
  exportAttendance,
  exportOfficers,
  exportUntrainedChairs,
  getTraining,
  holdTraining,
  listOfficers,
  listQuotas,
  listUntrainedChairs,
  listVacancies,
  openOfficer,
  readStaffing,
  recordUnionDay,
} from '@gonglian/organisation'
import { provenProcedure, router, tenantProcedure } from '../procedures.ts'

/** Officers and their posts, approved posts, vacancies, who was at a training. */
export const cadres = router({
  listOfficers: tenantProcedure.input(ListOfficers).query(({ ctx, input }) => listOfficers(ctx.tenant, input)),
  exportOfficers: provenProcedure.input(ExportOfficers).query(({ ctx, input }) => exportOfficers(ctx.tenant, input)),
  openOfficer: provenProcedure.input(OpenOfficer).mutation(({ ctx, input }) => openOfficer(ctx.tenant, input)),
  appointOfficer: tenantProcedure.input(AppointOfficer).mutation(({ ctx, input }) => appointOfficer(ctx.tenant, input)),
  amendOfficer: tenantProcedure.input(AmendOfficer).mutation(({ ctx, input }) => amendOfficer(ctx.tenant, input)),
  endPost: tenantProcedure.input(EndPost).mutation(({ ctx, input }) => endPost(ctx.tenant, input)),
  listVacancies: tenantProcedure.input(ListVacancies).query(({ ctx, input }) => listVacancies(ctx.tenant, input)),
  readStaffing: tenantProcedure.input(ReadStaffing).query(({ ctx, input }) => readStaffing(ctx.tenant, input)),
  checkCommittee: tenantProcedure.input(CheckCommittee).query(({ ctx, input }) => checkCommittee(ctx.tenant, input)),
  recordUnionDay: tenantProcedure.input(RecordUnionDay).mutation(({ ctx, input }) => recordUnionDay(ctx.tenant, input)),
  listQuotas: tenantProcedure.input(ListQuotas).query(({ ctx, input }) => listQuotas(ctx.tenant, input)),
  approveQuota: tenantProcedure.input(ApproveQuota).mutation(({ ctx, input }) => approveQuota(ctx.tenant, input)),
  endQuota: tenantProcedure.input(EndQuota).mutation(({ ctx, input }) => endQuota(ctx.tenant, input)),
  getTraining: tenantProcedure
    .input(z.object({ trainingId: z.int().positive() }))
    .query(({ ctx, input }) => getTraining(ctx.tenant, input.trainingId)),
  exportAttendance: provenProcedure
    .input(z.object({ trainingId: z.int().positive() }))
    .query(({ ctx, input }) => exportAttendance(ctx.tenant, input.trainingId)),
  holdTraining: tenantProcedure.input(HoldTraining).mutation(({ ctx, input }) => holdTraining(ctx.tenant, input)),
  listUntrainedChairs: tenantProcedure
    .input(ListUntrainedChairs)
    .query(({ ctx, input }) => listUntrainedChairs(ctx.tenant, input)),
  exportUntrainedChairs: provenProcedure
    .input(ExportUntrainedChairs)
    .query(({ ctx, input }) => exportUntrainedChairs(ctx.tenant, input)),
})
