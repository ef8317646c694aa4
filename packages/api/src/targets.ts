import { z } from 'zod'
import { FederationCode } from '@gonglian/tenancy'
import {
  AcceptAllocations,
  AddItem,
  AmendAllocations,
  AnnotateItem,
  CreatePlan,
  DisputeAllocation,
  GetLetter,
  GetPlan,
  GetSplit,
  IssueSplit,
  ListPlans,
  PlanStep,
  RemoveItem,
  SaveSplit,
  SettleAllocation,
  SignAllocations,
  UpdateItem,
  UpdatePlan,
  acceptAllocations,
  addItem,
  amendAllocations,
  annotateItem,
  closePlan,
  createPlan,
  deletePlan,
  disputeAllocation,
  findItem,
  getLetter,
  getPlan,
  getSplit,
  issuePlan,
  issueSplit,
  ListAmendments,
  listAmendments,
  listDuties,
  listPlans,
  removeItem,
  saveSplit,
  settleAllocation,
  signAllocations,
  updateItem,
  updatePlan,
} from '@gonglian/targets'
import { ReadBasis, readBasis, readSeasons } from './bases.ts'
import { bodyField, findBodyId } from './body.ts'
import { provenProcedure, router, tenantProcedure } from './procedures.ts'

const itemId = z.int().positive()

/** Plans, their items, and the shares handed down from level to level. */
export const targets = router({
  listPlans: tenantProcedure.input(ListPlans).query(({ ctx, input }) => listPlans(ctx.tenant, input)),
  getPlan: tenantProcedure
    .input(GetPlan.omit({ bodyId: true }).extend(bodyField))
    .query(async ({ ctx, input }) =>
      getPlan(ctx.tenant, { planId: input.planId, bodyId: await findBodyId(ctx.tenant, input.body) }),
    ),
  createPlan: tenantProcedure.input(CreatePlan).mutation(({ ctx, input }) => createPlan(ctx.tenant, input)),
  updatePlan: tenantProcedure.input(UpdatePlan).mutation(({ ctx, input }) => updatePlan(ctx.tenant, input)),
  deletePlan: tenantProcedure.input(PlanStep).mutation(({ ctx, input }) => deletePlan(ctx.tenant, input)),
  issuePlan: tenantProcedure.input(PlanStep).mutation(({ ctx, input }) => issuePlan(ctx.tenant, input)),
  closePlan: tenantProcedure.input(PlanStep).mutation(({ ctx, input }) => closePlan(ctx.tenant, input)),

  findItem: tenantProcedure.input(z.object({ itemId })).query(({ ctx, input }) => findItem(ctx.tenant, input.itemId)),
  addItem: tenantProcedure.input(AddItem).mutation(({ ctx, input }) => addItem(ctx.tenant, input)),
  updateItem: tenantProcedure.input(UpdateItem).mutation(({ ctx, input }) => updateItem(ctx.tenant, input)),
  removeItem: tenantProcedure.input(RemoveItem).mutation(({ ctx, input }) => removeItem(ctx.tenant, input)),
  annotateItem: tenantProcedure.input(AnnotateItem).mutation(({ ctx, input }) => annotateItem(ctx.tenant, input)),

  getSplit: tenantProcedure
    .input(GetSplit.omit({ bodyId: true }).extend(bodyField))
    .query(async ({ ctx, input }) =>
      getSplit(ctx.tenant, { itemId: input.itemId, bodyId: await findBodyId(ctx.tenant, input.body) }),
    ),
  saveSplit: tenantProcedure.input(SaveSplit).mutation(({ ctx, input }) => saveSplit(ctx.tenant, input)),
  issueSplit: tenantProcedure.input(IssueSplit).mutation(({ ctx, input }) => issueSplit(ctx.tenant, input)),
  readBasis: tenantProcedure.input(ReadBasis).query(({ ctx, input }) => readBasis(ctx.tenant, input)),
  readSeasons: tenantProcedure.input(z.object({ itemId })).query(({ ctx, input }) => readSeasons(ctx.tenant, input)),

  acceptAllocations: tenantProcedure
    .input(AcceptAllocations)
    .mutation(({ ctx, input }) => acceptAllocations(ctx.tenant, input)),
  disputeAllocation: tenantProcedure
    .input(DisputeAllocation)
    .mutation(({ ctx, input }) => disputeAllocation(ctx.tenant, input)),
  settleAllocation: tenantProcedure
    .input(SettleAllocation)
    .mutation(({ ctx, input }) => settleAllocation(ctx.tenant, input)),
  amendAllocations: tenantProcedure
    .input(AmendAllocations)
    .mutation(({ ctx, input }) => amendAllocations(ctx.tenant, input)),
  listAmendments: tenantProcedure
    .input(ListAmendments.extend({ itemIds: z.array(itemId).min(1).max(200), receiver: FederationCode.optional() }))
    .query(async ({ ctx, input: { receiver, ...asked } }) =>
      listAmendments(ctx.tenant, {
        ...asked,
        ...(receiver === undefined ? {} : { receiverId: await findBodyId(ctx.tenant, receiver) }),
      }),
    ),

  getLetter: tenantProcedure
    .input(GetLetter.omit({ receiverId: true }).extend({ receiver: FederationCode.optional() }))
    .query(async ({ ctx, input }) =>
      getLetter(ctx.tenant, { planId: input.planId, receiverId: await findBodyId(ctx.tenant, input.receiver) }),
    ),
  signAllocations: provenProcedure
    .input(SignAllocations)
    .mutation(({ ctx, input }) => signAllocations(ctx.tenant, input)),

  listDuties: tenantProcedure.query(({ ctx }) => listDuties(ctx.tenant)),
})
