import { z } from 'zod'
import {
  ApplyAccreditation,
  AddGroup,
  ApplyUnion,
  ChangeUnion,
  DraftUnion,
  EndCompanion,
  EndGroup,
  FindNextUnionSteps,
  FormCompanion,
  FoundUnion,
  ListApplications,
  ListMissingCompanions,
  ListRestructurings,
  ListStaffing,
  ListUnions,
  MergeUnion,
  RebuildUnion,
  RevokeUnion,
  SettleUnion,
  applyAccreditation,
  addGroup,
  applyUnion,
  changeUnion,
  draftUnion,
  endCompanion,
  endGroup,
  findNextUnionSteps,
  findObstacles,
  formCompanion,
  foundUnion,
  getUnion,
  listApplications,
  listMissingCompanions,
  listRestructurings,
  listStaffing,
  listUnions,
  mergeUnion,
  rebuildUnion,
  revokeUnion,
  settleUnion,
} from '@gonglian/organisation'
import { router, tenantProcedure } from '../procedures.ts'

/** Unions from draft to end. */
export const unions = router({
  listUnions: tenantProcedure.input(ListUnions).query(({ ctx, input }) => listUnions(ctx.tenant, input)),
  getUnion: tenantProcedure
    .input(z.object({ unionId: z.int().positive() }))
    .query(({ ctx, input }) => getUnion(ctx.tenant, input.unionId)),
  findNextUnionSteps: tenantProcedure
    .input(FindNextUnionSteps)
    .query(({ ctx, input }) => findNextUnionSteps(ctx.tenant, input)),
  draftUnion: tenantProcedure.input(DraftUnion).mutation(({ ctx, input }) => draftUnion(ctx.tenant, input)),
  changeUnion: tenantProcedure.input(ChangeUnion).mutation(({ ctx, input }) => changeUnion(ctx.tenant, input)),
  applyUnion: tenantProcedure.input(ApplyUnion).mutation(({ ctx, input }) => applyUnion(ctx.tenant, input)),
  listApplications: tenantProcedure
    .input(ListApplications)
    .query(({ ctx, input }) => listApplications(ctx.tenant, input)),
  foundUnion: tenantProcedure.input(FoundUnion).mutation(({ ctx, input }) => foundUnion(ctx.tenant, input)),
  addGroup: tenantProcedure.input(AddGroup).mutation(({ ctx, input }) => addGroup(ctx.tenant, input)),
  endGroup: tenantProcedure.input(EndGroup).mutation(({ ctx, input }) => endGroup(ctx.tenant, input)),
  applyAccreditation: tenantProcedure
    .input(ApplyAccreditation)
    .mutation(({ ctx, input }) => applyAccreditation(ctx.tenant, input)),
  settleUnion: tenantProcedure.input(SettleUnion).mutation(({ ctx, input }) => settleUnion(ctx.tenant, input)),
  findObstacles: tenantProcedure
    .input(z.object({ unionId: z.int().positive() }))
    .query(({ ctx, input }) => findObstacles(ctx.tenant, input.unionId)),
  revokeUnion: tenantProcedure.input(RevokeUnion).mutation(({ ctx, input }) => revokeUnion(ctx.tenant, input)),
  mergeUnion: tenantProcedure.input(MergeUnion).mutation(({ ctx, input }) => mergeUnion(ctx.tenant, input)),
  rebuildUnion: tenantProcedure.input(RebuildUnion).mutation(({ ctx, input }) => rebuildUnion(ctx.tenant, input)),
  listRestructurings: tenantProcedure
    .input(ListRestructurings)
    .query(({ ctx, input }) => listRestructurings(ctx.tenant, input)),
  listStaffing: tenantProcedure.input(ListStaffing).query(({ ctx, input }) => listStaffing(ctx.tenant, input)),
  formCompanion: tenantProcedure.input(FormCompanion).mutation(({ ctx, input }) => formCompanion(ctx.tenant, input)),
  endCompanion: tenantProcedure.input(EndCompanion).mutation(({ ctx, input }) => endCompanion(ctx.tenant, input)),
  listMissingCompanions: tenantProcedure
    .input(ListMissingCompanions)
    .query(({ ctx, input }) => listMissingCompanions(ctx.tenant, input)),
})
