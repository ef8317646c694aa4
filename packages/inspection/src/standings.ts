import { Period, coarserPeriod, parsePeriod } from '@gonglian/indicators'
import { findItems, findPlans, listHeldShares, type AllocationState, type Item, type Plan } from '@gonglian/targets'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import {
  findActualSources,
  readItemActuals,
  type Actual,
  type BodyActuals,
  type Coverage,
  type Source,
} from './actuals.ts'
import { readYardstick } from './board.ts'
import { measureProgress, type Progress } from './progress.ts'

export const ListStandings = z.object({
  period: Period,
  /** One's own when left out. */
  bodyId: z.int().positive().optional(),
})

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
 *
 * Reads sets, not items: a dozen statements for a plan of any length, two or three more for each form that its items are reported in.
 */
export async function listStandings(ctx: TenantContext, input: z.output<typeof ListStandings>): Promise<Standing[]> {
  requirePermission(ctx, 'progress:read')
  const year = Number(coarserPeriod(input.period, 'year'))
  const bodyId = input.bodyId ?? ctx.tenantId
  const shares = new Map((await listHeldShares(ctx, { year, bodyId })).map((share) => [share.itemId, share]))
  const items = await findItems(ctx, [...shares.keys()])
  const plans = await findPlans(
    ctx,
    items.map((item) => item.planId),
  )
  const asked = await findActualSources(
    ctx,
    items.map((item) => item.measure.indicatorId),
    input.period,
  )
  const sources = new Map(
    [...asked].map(([id, source]) => [
      id,
      { ...source, periods: source.periods.filter((period) => parsePeriod(period).end < ctx.today) },
    ]),
  )
  const actuals = await readOwnActuals(
    ctx,
    bodyId,
    items.flatMap((item) => {
      const plan = plans.get(item.planId)
      const source = sources.get(item.measure.indicatorId)
      return plan && source ? [{ hierarchy: plan.hierarchy, source }] : []
    }),
  )
  return items.flatMap((item): Standing[] => {
    const plan = plans.get(item.planId)
    const share = shares.get(item.id)
    if (!plan || !share) return []
    const source = sources.get(item.measure.indicatorId)
    const until = source?.periods.at(-1) ?? null
    const actual = source && actuals.get(nameReading(plan.hierarchy, source, source.item.position))
    const reported = actual?.reported ?? { value: null, inexact: false }
    const { id, aspect, measure, method, direction } = item
    return [
      {
        item: { id, aspect, measure, method, direction },
        plan: { id: plan.id, name: plan.name, issuer: plan.issuer },
        target: share.value,
        shareState: share.state,
        reported,
        coverage: actual?.coverage ?? null,
        ...measureProgress(readYardstick(plan, item), share.value, reported.value, until ?? input.period),
        trend: actual?.trend ?? [],
        form: source ? { code: source.form.code, position: source.item.position, until } : null,
      },
    ]
  })
}

type Asked = { readonly hierarchy: Plan['hierarchy']; readonly source: Source }

function nameReading(hierarchy: Plan['hierarchy'], source: Source, position: number): string {
  return `${hierarchy} ${source.form.id} ${position}`
}

/** The body's own actuals of all items asked for, each form read once in each hierarchy. */
async function readOwnActuals(
  ctx: TenantContext,
  bodyId: number,
  asked: readonly Asked[],
): Promise<Map<string, BodyActuals>> {
  const readings = new Map<string, Asked[]>()
  for (const one of asked) {
    if (one.source.periods.length === 0) continue
    const key = `${one.hierarchy} ${one.source.form.id}`
    readings.set(key, [...(readings.get(key) ?? []), one])
  }
  const actuals = new Map<string, BodyActuals>()
  for (const reading of readings.values()) {
    const [first] = reading
    if (!first) continue
    const { hierarchy, source } = first
    const items = [...new Set(reading.map((one) => one.source.item))]
    const found = await readItemActuals(ctx, { source: { ...source, items }, bodies: [bodyId], hierarchy })
    for (const [position, bodies] of found) {
      const own = bodies.get(bodyId)
      if (own) actuals.set(nameReading(hierarchy, source, position), own)
    }
  }
  return actuals
}
