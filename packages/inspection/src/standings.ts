import { Period, coarserPeriod, parsePeriod } from '@gonglian/indicators'
import { findItems, findPlan, listHeldShares, type AllocationState, type Item, type Plan } from '@gonglian/targets'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { findActualSource, readActuals, type Actual, type Coverage } from './actuals.ts'
import { readYardstick } from './board.ts'
import { measureProgress, type Progress } from './progress.ts'

export const ListStandings = z.object({ period: Period })

export type Standing = Progress & {
  item: Pick<Item, 'id' | 'aspect' | 'measure' | 'method' | 'direction'>
  plan: Pick<Plan, 'id' | 'name' | 'issuer'>
  target: number
  shareState: AllocationState
  reported: Actual
  coverage: Coverage | null
  trend: (number | null)[]
  /** Null: no form in sight asks for it. `until`: the last period that the figure covers; null: none has ended yet. */
  form: { code: string; position: number; until: string | null } | null
}

/**
 * How the body stands in every item it holds a share of in the year of the period, in the order of the plans. Each is judged at the end
 * of the last period of its form that has ended: on the 21st nobody is behind for want of a report about the whole month.
 */
export async function listStandings(ctx: TenantContext, input: z.output<typeof ListStandings>): Promise<Standing[]> {
  requirePermission(ctx, 'progress:read')
  const year = Number(coarserPeriod(input.period, 'year'))
  const shares = new Map(
    (await listHeldShares(ctx, { year, bodyId: ctx.tenantId })).map((share) => [share.itemId, share]),
  )
  const items = await findItems(ctx, [...shares.keys()])
  const plans = new Map<number, Plan>()
  for (const { planId } of items) if (!plans.has(planId)) plans.set(planId, await findPlan(ctx, planId))
  const standings: Standing[] = []
  for (const item of items) {
    const plan = plans.get(item.planId)
    const share = shares.get(item.id)
    if (!plan || !share) continue
    const asked = await findActualSource(ctx, item.measure.indicatorId, input.period)
    const source = asked && { ...asked, periods: asked.periods.filter((period) => parsePeriod(period).end < ctx.today) }
    const until = source?.periods.at(-1) ?? null
    const actuals =
      source && until !== null
        ? await readActuals(ctx, { source, bodies: [ctx.tenantId], hierarchy: plan.hierarchy })
        : null
    const actual = actuals?.get(ctx.tenantId)
    const reported = actual?.reported ?? { value: null, inexact: false }
    const { id, aspect, measure, method, direction } = item
    standings.push({
      item: { id, aspect, measure, method, direction },
      plan: { id: plan.id, name: plan.name, issuer: plan.issuer },
      target: share.value,
      shareState: share.state,
      reported,
      coverage: actual?.coverage ?? null,
      ...measureProgress(readYardstick(plan, item), share.value, reported.value, until ?? input.period),
      trend: actual?.trend ?? [],
      form: source ? { code: source.form.code, position: source.item.position, until } : null,
    })
  }
  return standings
}
