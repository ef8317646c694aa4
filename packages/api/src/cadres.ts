import { z } from 'zod'
import {
  AmendOfficer,
  AppointOfficer,
  ApproveQuota,
  CancelTraining,
  CheckCommittee,
  EndPost,
  EndQuota,
  HoldTraining,
  ListOfficers,
  ListQuotas,
  ListTrainings,
  ListUntrainedChairs,
  ListVacancies,
  PlanTraining,
  ReadStaffing,
  RecordUnionDay,
  amendOfficer,
  appointOfficer,
  approveQuota,
  cancelTraining,
  checkCommittee,
  endPost,
  endQuota,
  getTraining,
  holdTraining,
  listOfficers,
  listQuotas,
  listTrainings,
  listUntrainedChairs,
  listVacancies,
  planTraining,
  readStaffing,
  recordUnionDay,
} from '@gonglian/organisation'
import { router, tenantProcedure } from './procedures.ts'

/** Officers and their posts, approved posts, vacancies, training. */
export const cadres = router({
  listOfficers: tenantProcedure.input(ListOfficers).query(({ ctx, input }) => listOfficers(ctx.tenant, input)),
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
  listTrainings: tenantProcedure.input(ListTrainings).query(({ ctx, input }) => listTrainings(ctx.tenant, input)),
  getTraining: tenantProcedure
    .input(z.object({ trainingId: z.int().positive() }))
    .query(({ ctx, input }) => getTraining(ctx.tenant, input.trainingId)),
  planTraining: tenantProcedure.input(PlanTraining).mutation(({ ctx, input }) => planTraining(ctx.tenant, input)),
  holdTraining: tenantProcedure.input(HoldTraining).mutation(({ ctx, input }) => holdTraining(ctx.tenant, input)),
  cancelTraining: tenantProcedure.input(CancelTraining).mutation(({ ctx, input }) => cancelTraining(ctx.tenant, input)),
  listUntrainedChairs: tenantProcedure
    .input(ListUntrainedChairs)
    .query(({ ctx, input }) => listUntrainedChairs(ctx.tenant, input)),
})
