import { sql } from 'kysely'
import { found, requirePermission, type TenantContext } from '@gonglian/tenancy'
import type { Method } from './families.ts'
import { listMeasures, type Measure } from './measures.ts'
import { listHeldPlans, type Plan } from './plans.ts'
import type { Schedule, scheduleKinds } from './schedules.ts'

export const methods = ['sum', 'floor', 'each'] as const

/** One line of a plan, without the shares in it. */
export type Item = {
  id: number
  planId: number
  /** Who issued the plan. */
  issuerId: number
  position: number
  aspect: string
  measure: Measure
  method: Method
  /** 1: more is better; -1: less is better. */
  direction: number
  /** Hundredths of a percent in the evaluation. */
  weight: number
  note: string
  accountable: string
  schedule: Schedule
  scheduleKind: (typeof scheduleKinds)[number]
}

const columns = [
  'id',
  'plan_id',
  'tenant_id',
  'position',
  'aspect',
  'indicator_id',
  'method',
  'direction',
  'weight',
  'note',
  'accountable',
  'schedule',
  'schedule_kind',
] as const

/** The items of a plan within sight, in order. */
export async function listItems(ctx: TenantContext, planId: number): Promise<Item[]> {
  requirePermission(ctx, 'target:read')
  return readItems(
    ctx,
    await ctx.db.selectFrom('targets.item').select('id').where('plan_id', '=', planId).orderBy('position').execute(),
  )
}

/** @throws DomainError not_found where there is none within sight */
export async function findItem(ctx: TenantContext, itemId: number): Promise<Item> {
  requirePermission(ctx, 'target:read')
  const [item] = await readItems(ctx, [{ id: itemId }])
  return found(item, 'errors.itemNotFound')
}

/** The given items within sight, in the order of their plans. */
export async function findItems(ctx: TenantContext, itemIds: readonly number[]): Promise<Item[]> {
  requirePermission(ctx, 'target:read')
  return readItems(
    ctx,
    itemIds.map((id) => ({ id })),
  )
}

/**
 * What a body is held to in a year: the items of the issued plans it made or holds a share of, its own plans first. Four statements,
 * however many plans.
 */
export async function listHeldItems(
  ctx: TenantContext,
  input: { year: number; bodyId: number },
): Promise<{ plan: Plan; item: Item }[]> {
  requirePermission(ctx, 'target:read')
  const plans = new Map((await listHeldPlans(ctx, input)).map((plan) => [plan.id, plan]))
  const rows = await ctx.db
    .selectFrom('targets.item')
    .select(columns)
    .where('plan_id', '=', sql<number>`any (${[...plans.keys()]}::bigint[])`)
    .orderBy('plan_id')
    .orderBy('position')
    .execute()
  const items = await toItems(ctx, rows)
  return items
    .flatMap((item) => {
      const plan = plans.get(item.planId)
      return plan ? [{ plan, item }] : []
    })
    .toSorted((a, b) => Number(b.plan.issuer.id === input.bodyId) - Number(a.plan.issuer.id === input.bodyId))
}

async function readItems(ctx: TenantContext, ids: readonly { id: number }[]): Promise<Item[]> {
  if (ids.length === 0) return []
  const rows = await ctx.db
    .selectFrom('targets.item')
    .select(columns)
    .where('id', '=', sql<number>`any (${ids.map((row) => row.id)}::bigint[])`)
    .orderBy('plan_id')
    .orderBy('position')
    .execute()
  return toItems(ctx, rows)
}

type Row = Omit<Item, 'planId' | 'issuerId' | 'measure' | 'scheduleKind'> & {
  plan_id: number
  tenant_id: number
  indicator_id: number
  schedule_kind: Item['scheduleKind']
}

async function toItems(ctx: TenantContext, rows: readonly Row[]): Promise<Item[]> {
  if (rows.length === 0) return []
  const measures = await listMeasures(
    ctx,
    rows.map((row) => row.indicator_id),
  )
  return rows.map((row) => ({
    id: row.id,
    planId: row.plan_id,
    issuerId: row.tenant_id,
    position: row.position,
    aspect: row.aspect,
    measure: found(measures.get(row.indicator_id), 'errors.indicatorNotFound'),
    method: row.method,
    direction: row.direction,
    weight: row.weight,
    note: row.note,
    accountable: row.accountable,
    schedule: row.schedule,
    scheduleKind: row.schedule_kind,
  }))
}
