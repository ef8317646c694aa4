import { Period } from '@gonglian/indicators'
import {
  findItem,
  findPlan,
  forecastYear,
  expectedShare,
  listShares,
  type AllocationState,
  type Item,
  type Plan,
} from '@gonglian/targets'
import {
  findFederations,
  found,
  listChildren,
  requirePermission,
  type Federation,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { findActualSource, readActuals, type Actual, type Coverage } from './actuals.ts'
import { measureProgress, rankBodies, type Progress, type Yardstick } from './progress.ts'

export const GetBoard = z.object({
  itemId: z.int().positive(),
  period: Period,
  /** Whose children are compared; own body when left out. */
  bodyId: z.int().positive().optional(),
})

export type BoardRow = Progress & {
  body: Federation & { childCount: number }
  target: number | null
  shareState: AllocationState | null
  reported: Actual
  accepted: Actual
  coverage: Coverage | null
  rank: number | null
  forecast: number | null
  trend: (number | null)[]
}

export type Board = {
  plan: Plan
  item: Item
  period: string
  /** Hundredths of a percent of the year's target that the schedule expects by the end of the period. */
  expectedShare: number
  /** The schedule at the end of each period of the form so far, beside `trend`. */
  schedule: number[]
  /** Null: no form in sight asks for the indicator, so there is nothing to compare with the targets. */
  form: { id: number; code: string; nameZh: string; nameEn: string; position: number; periods: string[] } | null
  /** The body the others are below; the bodies compared. */
  total: BoardRow
  rows: BoardRow[]
}

/** How the light of an item is found. */
export function readYardstick(plan: Plan, item: Item): Yardstick {
  return {
    method: item.method,
    direction: item.direction,
    schedule: item.schedule,
    isRate: item.measure.additivity === 'ratio' && item.measure.unit === '%',
    yellowFrom: plan.yellowFrom,
    redFrom: plan.redFrom,
  }
}

/**
 * The progress board: one item of a plan, a body and those directly below it. A handful of reads by primary key; nothing depends on the
 * size of the country.
 *
 * @throws DomainError not_found for an item or body out of sight
 */
export async function getBoard(ctx: TenantContext, input: z.output<typeof GetBoard>): Promise<Board> {
  requirePermission(ctx, 'progress:read')
  const item = await findItem(ctx, input.itemId)
  const plan = await findPlan(ctx, item.planId)
  const bodyId = input.bodyId ?? ctx.tenantId
  const head = found((await findFederations(ctx, [bodyId])).get(bodyId), 'errors.bodyNotFound')
  const children = await listChildren(ctx, head.id, plan.hierarchy)
  const bodies = [{ ...head, childCount: children.length }, ...children]
  const ids = bodies.map((body) => body.id)
  const source = await findActualSource(ctx, item.measure.indicatorId, input.period)
  const shares = await listShares(ctx, { itemIds: [item.id], receiverIds: ids })
  const actuals = source ? await readActuals(ctx, { source, bodies: ids, hierarchy: plan.hierarchy }) : null
  const yardstick = readYardstick(plan, item)
  const share = expectedShare(item.schedule, input.period)
  const rows = bodies.map((body): BoardRow => {
    const held = shares.get(`${item.id}:${body.id}`)
    const actual = actuals?.get(body.id)
    const reported = actual?.reported ?? { value: null, inexact: false }
    const target = held?.value ?? null
    return {
      body,
      target,
      shareState: held?.state ?? null,
      reported,
      accepted: actual?.accepted ?? { value: null, inexact: false },
      coverage: actual?.coverage ?? null,
      ...measureProgress(yardstick, target, reported.value, input.period),
      rank: null,
      forecast: yardstick.isRate || item.measure.nature !== 'flow' ? null : forecastYear(reported.value, share),
      trend: actual?.trend ?? [],
    }
  })
  const [total, ...others] = rows
  if (!total) throw new Error('a board has a head')
  const ranks = rankBodies(others.map((row) => ({ id: row.body.id, gap: row.gap })))
  return {
    plan,
    item,
    period: input.period,
    expectedShare: share,
    schedule: source?.periods.map((period) => expectedShare(item.schedule, period)) ?? [],
    form: source
      ? {
          id: source.form.id,
          code: source.form.code,
          nameZh: source.form.nameZh,
          nameEn: source.form.nameEn,
          position: source.item.position,
          periods: source.periods,
        }
      : null,
    total,
    rows: others.map((row) => ({ ...row, rank: ranks.get(row.body.id) ?? null })),
  }
}
