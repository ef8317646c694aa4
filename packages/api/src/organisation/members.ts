import {
  ApplyMember,
  ApproveMember,
  ChangeMember,
  CountMembersBelow,
  ExpelMember,
  FindNextMemberSteps,
  IssueCards,
  IssueCardsOfUnion,
  JudgeTraining,
  LeaveMember,
  ListExports,
  ListMembers,
  ListRightsTrainings,
  OpenMember,
  RecordDeath,
  RecordTraining,
  ReemployMember,
  RegisterMember,
  ReplaceCard,
  RetainMember,
  StartExport,
  applyMember,
  approveMember,
  changeMember,
  countMembersBelow,
  expelMember,
  findNextMemberSteps,
  getMember,
  issueCards,
  issueCardsOfUnion,
  judgeTraining,
  leaveMember,
  listCards,
  listExports,
  listMembers,
  listOutgoing,
  listRightsTrainings,
  openMember,
  readEnrolment,
  recordDeath,
  recordTraining,
  reemployMember,
  registerMember,
  replaceCard,
  retainMember,
  startExport,
} from '@gonglian/organisation'
import { ExportOpenings, ListOpenings, exportOpenings, listOpenings } from '@gonglian/tenancy'
import { provenProcedure, router, tenantProcedure } from '../procedures.ts'

const Member = OpenMember.pick({ memberId: true })

/** The register of members: rows for their owner, counts for those above. */
export const members = router({
  listMembers: tenantProcedure.input(ListMembers).query(({ ctx, input }) => listMembers(ctx.tenant, input)),
  getMember: tenantProcedure.input(Member).query(({ ctx, input }) => getMember(ctx.tenant, input)),
  findNextMemberSteps: tenantProcedure
    .input(FindNextMemberSteps)
    .query(({ ctx, input }) => findNextMemberSteps(ctx.tenant, input)),
  openMember: provenProcedure.input(OpenMember).mutation(({ ctx, input }) => openMember(ctx.tenant, input)),
  applyMember: tenantProcedure.input(ApplyMember).mutation(({ ctx, input }) => applyMember(ctx.tenant, input)),
  approveMember: tenantProcedure.input(ApproveMember).mutation(({ ctx, input }) => approveMember(ctx.tenant, input)),
  registerMember: tenantProcedure.input(RegisterMember).mutation(({ ctx, input }) => registerMember(ctx.tenant, input)),
  changeMember: tenantProcedure.input(ChangeMember).mutation(({ ctx, input }) => changeMember(ctx.tenant, input)),
  retainMember: tenantProcedure.input(RetainMember).mutation(({ ctx, input }) => retainMember(ctx.tenant, input)),
  reemployMember: tenantProcedure.input(ReemployMember).mutation(({ ctx, input }) => reemployMember(ctx.tenant, input)),
  leaveMember: tenantProcedure.input(LeaveMember).mutation(({ ctx, input }) => leaveMember(ctx.tenant, input)),
  expelMember: tenantProcedure.input(ExpelMember).mutation(({ ctx, input }) => expelMember(ctx.tenant, input)),
  recordDeath: tenantProcedure.input(RecordDeath).mutation(({ ctx, input }) => recordDeath(ctx.tenant, input)),
  listCards: tenantProcedure.input(Member).query(({ ctx, input }) => listCards(ctx.tenant, input)),
  issueCards: tenantProcedure.input(IssueCards).mutation(({ ctx, input }) => issueCards(ctx.tenant, input)),
  issueCardsOfUnion: tenantProcedure
    .input(IssueCardsOfUnion)
    .mutation(({ ctx, input }) => issueCardsOfUnion(ctx.tenant, input)),
  replaceCard: tenantProcedure.input(ReplaceCard).mutation(({ ctx, input }) => replaceCard(ctx.tenant, input)),
  countMembersBelow: tenantProcedure
    .input(CountMembersBelow)
    .query(({ ctx, input }) => countMembersBelow(ctx.tenant, input)),
  readEnrolment: tenantProcedure.query(({ ctx }) => readEnrolment(ctx.tenant)),
  listOutgoing: tenantProcedure.query(({ ctx }) => listOutgoing(ctx.tenant)),
  recordTraining: tenantProcedure.input(RecordTraining).mutation(({ ctx, input }) => recordTraining(ctx.tenant, input)),
  listRightsTrainings: tenantProcedure
    .input(ListRightsTrainings)
    .query(({ ctx, input }) => listRightsTrainings(ctx.tenant, input)),
  judgeTraining: tenantProcedure.input(JudgeTraining).query(({ ctx, input }) => judgeTraining(ctx.tenant, input)),
  startExport: provenProcedure.input(StartExport).mutation(({ ctx, input }) => startExport(ctx.tenant, input)),
  listOpenings: tenantProcedure.input(ListOpenings).query(({ ctx, input }) => listOpenings(ctx.tenant, input)),
  exportOpenings: provenProcedure.input(ExportOpenings).query(({ ctx, input }) => exportOpenings(ctx.tenant, input)),
  listExports: tenantProcedure.input(ListExports).query(({ ctx, input }) => listExports(ctx.tenant, input)),
})
