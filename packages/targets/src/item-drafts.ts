import { z } from 'zod'
import { DomainError, recordAudit, requirePermission, type FieldError, type TenantContext } from '@gonglian/tenancy'
import { findItem, methods } from './items.ts'
import { TargetFigure, findMeasure, readTarget, type Measure } from './measures.ts'
import { bumpPlan, lockPlan, requireDraft } from './plans.ts'
import { Schedule, makeStandingSchedule, makeStraightSchedule, scheduleKinds } from './schedules.ts'

const terms = {
  aspect: z.string().trim().max(60).default(''),
  method: z.enum(methods),
  /** The issuer's own target: a figure as typed, or the stored integer. */
  value: TargetFigure,
  direction: z.union([z.literal(1), z.literal(-1)]).optional(),
  weight: z.int().min(0).max(10_000).default(0),
  note: z.string().trim().max(500).default(''),
  accountable: z.string().trim().max(120).default(''),
  scheduleKind: z.enum(scheduleKinds).optional(),
  /** Twelve cumulative shares; left out: by the nature of the indicator. */
  schedule: Schedule.optional(),
}
/** `version`: of the plan, as its editor saw it. */
export const AddItem = z.object({
  planId: z.int().positive(),
  version: z.int(),
  indicatorCode: z.string().trim().min(2).max(80),
  ...terms,
})
export const UpdateItem = z.object({
  itemId: z.int().positive(),
  version: z.int(),
  position: z.int().min(1).max(999).optional(),
  ...terms,
})
export const RemoveItem = z.object({ itemId: z.int().positive(), version: z.int() })
export const AnnotateItem = z.object({
  itemId: z.int().positive(),
  version: z.int(),
  note: terms.note,
  accountable: terms.accountable,
})

/**
 * Adds an item at the end of a draft, with the issuer's own target.
 *
 * @throws DomainError invalid naming the field: a rate cannot be split as a sum, a figure must fit the indicator
 */
export async function addItem(
  ctx: TenantContext,
  input: z.output<typeof AddItem>,
): Promise<{ itemId: number; version: number }> {
  requirePermission(ctx, 'target:draft')
  requireDraft(await lockPlan(ctx, input))
  const measure = await findMeasure(ctx, input.indicatorCode)
  const value = checkTerms(measure, input)
  const last = await ctx.db
    .selectFrom('targets.item')
    .select((eb) => eb.fn.max('position').as('position'))
    .where('plan_id', '=', input.planId)
    .executeTakeFirst()
  const item = await ctx.db
    .insertInto('targets.item')
    .values({
      plan_id: input.planId,
      tenant_id: ctx.tenantId,
      position: (last?.position ?? 0) + 1,
      indicator_id: measure.indicatorId,
      ...writeTerms(measure, input),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await ctx.db
    .insertInto('targets.allocation')
    .values({ item_id: item.id, receiver_id: ctx.tenantId, tenant_id: ctx.tenantId, value })
    .execute()
  await recordAudit(ctx, {
    action: 'item.add',
    objectKind: 'item',
    objectId: item.id,
    after: { planId: input.planId, indicator: measure.code, method: input.method, value },
  })
  return { itemId: item.id, version: await bumpPlan(ctx, input.planId) }
}

/**
 * Changes an item of a draft. What was prepared of its split must still hold: a method or a target under a split is refused.
 */
export async function updateItem(ctx: TenantContext, input: z.output<typeof UpdateItem>): Promise<{ version: number }> {
  requirePermission(ctx, 'target:draft')
  const { planId, method, value: before, reserve, measure } = await lockItem(ctx, input)
  const value = checkTerms(measure, input)
  if (reserve !== null && (input.method !== method || value !== before)) {
    throw new DomainError('conflict', 'errors.itemSplit', {
      fields: [{ path: value === before ? 'method' : 'value', key: 'errors.itemSplit' }],
    })
  }
  await ctx.db.updateTable('targets.item').set(writeTerms(measure, input)).where('id', '=', input.itemId).execute()
  if (input.position !== undefined) await moveItem(ctx, planId, input.itemId, input.position)
  if (value !== before)
    await ctx.db
      .updateTable('targets.allocation')
      .set({ value })
      .where('item_id', '=', input.itemId)
      .where('receiver_id', '=', ctx.tenantId)
      .execute()
  await recordAudit(ctx, {
    action: 'item.update',
    objectKind: 'item',
    objectId: input.itemId,
    before: { method, value: before },
    after: { method: input.method, value },
  })
  return { version: await bumpPlan(ctx, planId) }
}

/** Takes an item out of a draft, with what was prepared of its split. */
export async function removeItem(ctx: TenantContext, input: z.output<typeof RemoveItem>): Promise<{ version: number }> {
  requirePermission(ctx, 'target:draft')
  const { planId, measure, value } = await lockItem(ctx, input)
  await ctx.db.deleteFrom('targets.item').where('id', '=', input.itemId).execute()
  await recordAudit(ctx, {
    action: 'item.remove',
    objectKind: 'item',
    objectId: input.itemId,
    before: { planId, indicator: measure.code, value },
  })
  return { version: await bumpPlan(ctx, planId) }
}

/** Note and accountable person may be put right at any time; they are no terms. */
export async function annotateItem(
  ctx: TenantContext,
  input: z.output<typeof AnnotateItem>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'target:draft')
  const item = await findItem(ctx, input.itemId)
  const plan = await lockPlan(ctx, { planId: item.planId, version: input.version })
  if (plan.state === 'closed') throw new DomainError('conflict', 'errors.planClosed')
  await ctx.db
    .updateTable('targets.item')
    .set({ note: input.note, accountable: input.accountable })
    .where('id', '=', item.id)
    .execute()
  await recordAudit(ctx, {
    action: 'item.annotate',
    objectKind: 'item',
    objectId: item.id,
    before: { note: item.note, accountable: item.accountable },
    after: { note: input.note, accountable: input.accountable },
  })
  return { version: await bumpPlan(ctx, item.planId) }
}

/** The item of a draft with the issuer's share, its plan held. */
async function lockItem(ctx: TenantContext, input: { itemId: number; version: number }) {
  const item = await findItem(ctx, input.itemId)
  requireDraft(await lockPlan(ctx, { planId: item.planId, version: input.version }))
  const root = await ctx.db
    .selectFrom('targets.allocation')
    .select(['value', 'reserve'])
    .where('item_id', '=', item.id)
    .where('receiver_id', '=', ctx.tenantId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { ...item, ...root }
}

/** Puts the item at a place and closes the ranks; the places are unique at every moment, so all leave them first. */
async function moveItem(ctx: TenantContext, planId: number, itemId: number, position: number): Promise<void> {
  const rows = await ctx.db
    .selectFrom('targets.item')
    .select(['id', 'position'])
    .where('plan_id', '=', planId)
    .orderBy('position')
    .execute()
  const others = rows.filter((row) => row.id !== itemId)
  const order = others.toSpliced(Math.min(position, rows.length) - 1, 0, { id: itemId, position })
  const away = Math.max(...rows.map((row) => row.position)) + 1
  for (const [index, row] of order.entries())
    await ctx.db
      .updateTable('targets.item')
      .set({ position: away + index })
      .where('id', '=', row.id)
      .execute()
  for (const [index, row] of order.entries())
    await ctx.db
      .updateTable('targets.item')
      .set({ position: index + 1 })
      .where('id', '=', row.id)
      .execute()
}

type Terms = Pick<
  z.output<typeof AddItem>,
  'aspect' | 'method' | 'value' | 'direction' | 'weight' | 'note' | 'accountable' | 'schedule' | 'scheduleKind'
>

function checkTerms(measure: Measure, input: Terms): number {
  const fields: FieldError[] = []
  // A rate is never the sum of rates (GOV-03), and only what adds over bodies can be split by sum.
  if (input.method === 'sum' && measure.additivity !== 'sum')
    fields.push({ path: 'method', key: 'errors.itemNotAdditive' })
  const value = readTarget(measure, input.value)
  if (!value.ok) fields.push({ path: 'value', key: value.key, params: value.params })
  if (fields.length > 0 || !value.ok) throw new DomainError('invalid', fields[0]?.key ?? 'errors.invalid', { fields })
  return value.value
}

function writeTerms(measure: Measure, input: Terms) {
  return {
    aspect: input.aspect,
    method: input.method,
    direction: input.direction ?? (measure.polarity === -1 ? -1 : 1),
    weight: input.weight,
    note: input.note,
    accountable: input.accountable,
    ...chooseSchedule(measure, input),
  }
}

/** What flows is built up over the year; rates and levels are to be held all year, unless the plan says otherwise. */
function chooseSchedule(
  measure: Measure,
  input: Terms,
): { schedule: number[]; schedule_kind: (typeof scheduleKinds)[number] } {
  if (input.schedule) return { schedule: [...input.schedule], schedule_kind: input.scheduleKind ?? 'manual' }
  return measure.nature === 'flow'
    ? { schedule: [...makeStraightSchedule()], schedule_kind: 'straight' }
    : { schedule: [...makeStandingSchedule()], schedule_kind: 'manual' }
}
