import { Period } from '@gonglian/indicators'
import { findPlan, listItems, listShares, type Item, type Plan } from '@gonglian/targets'
import {
  findFederations,
  found,
  listChildren,
  requirePermission,
  type Federation,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { findActualSources, readItemActuals, type BodyActuals, type Source } from './actuals.ts'
import { readYardstick } from './board.ts'
import { measureProgress, type Light, type Progress } from './progress.ts'

export const GetHeat = z.object({
  planId: z.int().positive(),
  period: Period,
  /** Whose children are compared; own body when left out. */
  bodyId: z.int().positive().optional(),
})

/** One body in one item; null where it holds no share of the item. */
export type HeatCell = Pick<Progress, 'rate' | 'gap' | 'light'> | null

export type HeatRow = {
  body: Federation & { childCount: number }
  /** In the order of `items`. */
  cells: HeatCell[]
  counts: Record<Light, number>
}

export type Heat = {
  plan: Pick<Plan, 'id' | 'name'>
  period: string
  items: Pick<Item, 'id' | 'aspect' | 'measure'>[]
  total: HeatRow
  rows: HeatRow[]
}

/**
 * 各地各指标: every item of a plan for a body and those directly below it, each judged as on its board. Each form is read once for all its
 * items, so that the table costs about as much as a board for each form.
 *
 * @throws DomainError not_found for a plan or body out of sight
 */
export async function getHeat(ctx: TenantContext, input: z.output<typeof GetHeat>): Promise<Heat> {
  requirePermission(ctx, 'progress:read')
  const plan = await findPlan(ctx, input.planId)
  const bodyId = input.bodyId ?? ctx.tenantId
  const head = found((await findFederations(ctx, [bodyId])).get(bodyId), 'errors.bodyNotFound')
  const children = await listChildren(ctx, head.id, plan.hierarchy)
  const bodies = [{ ...head, childCount: children.length }, ...children]
  const ids = bodies.map((body) => body.id)
  const items = await listItems(ctx, plan.id)
  const shares = await listShares(ctx, { itemIds: items.map((item) => item.id), receiverIds: ids })
  const sources = await findActualSources(
    ctx,
    items.map((item) => item.measure.indicatorId),
    input.period,
  )
  const actuals = await readByIndicator(ctx, [...sources.values()], ids, plan)
  const rows = bodies.map((body): HeatRow => {
    const cells = items.map((item): HeatCell => {
      const share = shares.get(`${item.id}:${body.id}`)
      if (!share) return null
      const value = actuals.get(item.measure.indicatorId)?.get(body.id)?.reported.value ?? null
      const { rate, gap, light } = measureProgress(readYardstick(plan, item), share.value, value, input.period)
      return { rate, gap, light }
    })
    const count = (light: Light) => cells.filter((cell) => cell?.light === light).length
    return { body, cells, counts: { green: count('green'), yellow: count('yellow'), red: count('red') } }
  })
  const [total, ...others] = rows
  if (!total) throw new Error('a table has a head')
  return {
    plan: { id: plan.id, name: plan.name },
    period: input.period,
    items: items.map(({ id, aspect, measure }) => ({ id, aspect, measure })),
    total,
    rows: others,
  }
}

/** The actuals of each indicator, each form read once. */
async function readByIndicator(
  ctx: TenantContext,
  sources: readonly Source[],
  bodies: readonly number[],
  plan: Plan,
): Promise<Map<number, Map<number, BodyActuals>>> {
  const actuals = new Map<number, Map<number, BodyActuals>>()
  for (const formId of new Set(sources.map((source) => source.form.id))) {
    const asked = sources.filter((source) => source.form.id === formId)
    const [first] = asked
    if (!first) continue
    const { form, periods } = first
    const items = asked.map((source) => source.item)
    const read = await readItemActuals(ctx, { source: { form, items, periods }, bodies, hierarchy: plan.hierarchy })
    for (const item of items) actuals.set(item.indicatorId, read.get(item.position) ?? new Map())
  }
  return actuals
}
