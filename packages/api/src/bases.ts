import { z } from 'zod'
import { IndicatorCode, getIndicator } from '@gonglian/indicators'
import { findActualSource, readActuals } from '@gonglian/inspection'
import { findItem, findPlan, makeSeasonalSchedule, type Schedule } from '@gonglian/targets'
import { listChildren, requirePermission, type TenantContext } from '@gonglian/tenancy'

export const ReadBasis = z.object({
  itemId: z.int().positive(),
  /** By what the share is split: what was done last year of the same, or what another indicator stood at. */
  basis: z.union([z.literal('last_year'), IndicatorCode]).default('last_year'),
})

export type Basis = {
  /** The year the figures are of. */
  year: number
  figures: { bodyId: number; value: number | null; inexact: boolean }[]
}

/** What each direct subordinate did in the year before the plan's, as the measure by which its share of an item may be split. */
export async function readBasis(ctx: TenantContext, input: z.output<typeof ReadBasis>): Promise<Basis> {
  requirePermission(ctx, 'target:read')
  const item = await findItem(ctx, input.itemId)
  const plan = await findPlan(ctx, item.planId)
  const indicatorId = input.basis === 'last_year' ? item.measure.indicatorId : (await getIndicator(ctx, input.basis)).id
  const year = plan.year - 1
  const children = await listChildren(ctx, ctx.tenantId, plan.hierarchy)
  const bodies = children.map((child) => child.id)
  const source = await findActualSource(ctx, indicatorId, String(year))
  const actuals = source ? await readActuals(ctx, { source, bodies, hierarchy: plan.hierarchy }) : null
  return {
    year,
    figures: bodies.map((bodyId) => ({ bodyId, value: null, inexact: false, ...actuals?.get(bodyId)?.reported })),
  }
}

const yearsOfSeason = 3

/**
 * The schedule that the body's own past three years suggest for an item (序时进度), null where no year is complete month by
 * month.
 */
export async function readSeasons(
  ctx: TenantContext,
  input: { itemId: number },
): Promise<{ schedule: Schedule | null; years: number[] }> {
  requirePermission(ctx, 'target:read')
  const item = await findItem(ctx, input.itemId)
  const plan = await findPlan(ctx, item.planId)
  const { nature, indicatorId } = item.measure
  if (nature === 'ratio') return { schedule: null, years: [] }
  const past: { year: number; months: (number | null)[] }[] = []
  for (let year = plan.year - yearsOfSeason; year < plan.year; year += 1) {
    const source = await findActualSource(ctx, indicatorId, String(year))
    if (source?.form.frequency !== 'month') continue
    const actuals = await readActuals(ctx, { source, bodies: [ctx.tenantId], hierarchy: plan.hierarchy })
    const reached = actuals.get(ctx.tenantId)?.trend ?? []
    past.push({ year, months: nature === 'flow' ? toMonths(reached) : reached })
  }
  const complete = past.filter((one) => one.months.length === 12 && one.months.every((value) => value !== null))
  return {
    schedule: makeSeasonalSchedule(
      complete.map((one) => one.months),
      nature,
    ),
    years: complete.map((one) => one.year),
  }
}

/** What each month added, of figures that run from the start of the year; a gap leaves the month and the next one open. */
function toMonths(reached: readonly (number | null)[]): (number | null)[] {
  return reached.map((value, month) => {
    const before = month === 0 ? 0 : (reached[month - 1] ?? null)
    return value === null || before === null ? null : value - before
  })
}
