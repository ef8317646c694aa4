import { z } from 'zod'
import {
  DomainError,
  findFederations,
  found,
  recordAudit,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { PlanStep, bumpPlan, lockPlan, requireDraft } from './plans.ts'

const points = z.int().min(-10_000).max(10_000)
const terms = {
  year: z.int().min(1990).max(2100),
  name: z.string().trim().min(2).max(120),
  yellowFrom: points.default(0),
  redFrom: points.default(-1000),
  overAllocation: z.int().min(0).max(10_000).default(0),
}
const orderedLights = {
  check: (plan: { yellowFrom: number; redFrom: number }) => plan.redFrom <= plan.yellowFrom,
  error: { path: ['redFrom'], error: 'errors.planLights' },
}

export const CreatePlan = z.object(terms).refine(orderedLights.check, orderedLights.error)
export const UpdatePlan = z
  .object({ planId: z.int().positive(), version: z.int(), ...terms })
  .refine(orderedLights.check, orderedLights.error)

/** Drafts a plan. An industry union hands its plans down its own line (条), everybody else by area (块). */
export async function createPlan(
  ctx: TenantContext,
  input: z.output<typeof CreatePlan>,
): Promise<{ planId: number; version: number }> {
  requirePermission(ctx, 'target:draft')
  const issuer = found((await findFederations(ctx, [ctx.tenantId])).get(ctx.tenantId), 'errors.bodyNotFound')
  const row = await ctx.db
    .insertInto('targets.plan')
    .values({
      tenant_id: ctx.tenantId,
      year: input.year,
      name: input.name,
      hierarchy: issuer.kind === 'industry' ? 'line' : 'regional',
      yellow_from: input.yellowFrom,
      red_from: input.redFrom,
      over_allocation: input.overAllocation,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'year', 'name']).doNothing())
    .returning(['id', 'version'])
    .executeTakeFirst()
  if (!row) throw takenName()
  await recordAudit(ctx, { action: 'plan.create', objectKind: 'plan', objectId: row.id, after: { ...input } })
  return { planId: row.id, version: row.version }
}

/** Changes the terms of a draft. */
export async function updatePlan(ctx: TenantContext, input: z.output<typeof UpdatePlan>): Promise<{ version: number }> {
  requirePermission(ctx, 'target:draft')
  const before = await lockPlan(ctx, input)
  requireDraft(before)
  const isTaken = await ctx.db
    .selectFrom('targets.plan')
    .select('id')
    .where('tenant_id', '=', ctx.tenantId)
    .where('year', '=', input.year)
    .where('name', '=', input.name)
    .where('id', '<>', input.planId)
    .executeTakeFirst()
  if (isTaken) throw takenName()
  if (input.overAllocation < before.over_allocation && (await isSplit(ctx, input.planId))) {
    throw new DomainError('conflict', 'errors.planSplit', {
      fields: [{ path: 'overAllocation', key: 'errors.planSplit' }],
    })
  }
  await ctx.db
    .updateTable('targets.plan')
    .set({
      year: input.year,
      name: input.name,
      yellow_from: input.yellowFrom,
      red_from: input.redFrom,
      over_allocation: input.overAllocation,
    })
    .where('id', '=', input.planId)
    .execute()
  const after = {
    year: input.year,
    name: input.name,
    yellowFrom: input.yellowFrom,
    redFrom: input.redFrom,
    overAllocation: input.overAllocation,
  }
  await recordAudit(ctx, {
    action: 'plan.update',
    objectKind: 'plan',
    objectId: input.planId,
    before: {
      year: before.year,
      name: before.name,
      yellowFrom: before.yellow_from,
      redFrom: before.red_from,
      overAllocation: before.over_allocation,
    },
    after,
  })
  return { version: await bumpPlan(ctx, input.planId) }
}

/** Takes a draft back, with its items and what was prepared of their splits. */
export async function deletePlan(ctx: TenantContext, input: z.output<typeof PlanStep>): Promise<void> {
  requirePermission(ctx, 'target:draft')
  const plan = await lockPlan(ctx, input)
  requireDraft(plan)
  await ctx.db.deleteFrom('targets.plan').where('id', '=', plan.id).execute()
  await recordAudit(ctx, {
    action: 'plan.delete',
    objectKind: 'plan',
    objectId: plan.id,
    before: { name: plan.name, year: plan.year },
  })
}

/** Whether any item of the plan has been split. */
async function isSplit(ctx: TenantContext, planId: number): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('targets.allocation as a')
    .innerJoin('targets.item as i', 'i.id', 'a.item_id')
    .select('i.id')
    .where('i.plan_id', '=', planId)
    .where('a.receiver_id', '=', ctx.tenantId)
    .where('a.reserve', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function takenName(): DomainError {
  return new DomainError('conflict', 'errors.planNameTaken', {
    fields: [{ path: 'name', key: 'errors.planNameTaken' }],
  })
}
