import {
  coarserPeriod,
  findIndicators,
  parsePeriod,
  samePeriodLastYear,
  type Form,
  type FormItem,
  type Indicator,
} from '@gonglian/indicators'
import { findItems, findPlans, listHeldShares } from '@gonglian/targets'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { findActualSources, readItemActuals, type BodyActuals, type Source } from './actuals.ts'
import { readYardstick } from './board.ts'
import { measureProgress, type Progress } from './progress.ts'

export type DomainFigure = Progress & {
  readonly indicator: Pick<Indicator, 'code' | 'nameZh' | 'nameEn' | 'unit' | 'scale' | 'nature' | 'polarity'>
  /** The last period that is over and the figure covers, from January on where it is a flow; null: none is over yet, or no form asks for it. */
  readonly until: string | null
  /** Reported, as the board says it; null: nothing was. */
  readonly value: number | null
  readonly isInexact: boolean
  readonly lastYear: number | null
  /** What it is more or less than a year ago; null where either is missing. */
  readonly difference: number | null
  readonly target: number | null
  /** The item of the plan that the target stands in. */
  readonly itemId: number | null
}

export type DomainFigures = {
  readonly figures: readonly DomainFigure[]
  /** What the bodies asked about came to, in the order of the figures. */
  readonly below: ReadonlyMap<number, readonly (number | null)[]>
}

/**
 * How the body stands in some indicators: the rolled-up totals as the board shows them, the same time of last year, and the share of the
 * year's target that it holds. Of other bodies the totals alone.
 *
 * Reads each form once for this year and once for the last, whatever the number of indicators and bodies.
 */
export async function readDomainFigures(
  ctx: TenantContext,
  input: { readonly codes: readonly string[]; readonly period: string; readonly bodies: readonly number[] },
): Promise<DomainFigures> {
  requirePermission(ctx, 'progress:read')
  const known = await findIndicators(ctx, input.codes)
  const indicators = input.codes.flatMap((code) => known.get(code) ?? [])
  const asked = await findActualSources(
    ctx,
    indicators.map(({ id }) => id),
    input.period,
  )
  const sources = new Map(
    [...asked].map(([id, source]) => [
      id,
      { ...source, periods: source.periods.filter((period) => parsePeriod(period).end < ctx.today) },
    ]),
  )
  const now = await readForms(ctx, [...sources.values()], [ctx.tenantId, ...input.bodies])
  const before = await readForms(
    ctx,
    [...sources.values()].map((source) => ({ ...source, periods: source.periods.map(samePeriodLastYear) })),
    [ctx.tenantId],
  )
  const targets = await findTargets(ctx, input.period, new Set(indicators.map(({ id }) => id)))
  const figures = indicators.map((indicator): DomainFigure => {
    const source = sources.get(indicator.id)
    const until = source?.periods.at(-1) ?? null
    const actual = now.get(indicator.id)?.get(ctx.tenantId)?.reported ?? { value: null, inexact: false }
    const lastYear = before.get(indicator.id)?.get(ctx.tenantId)?.reported.value ?? null
    const target = targets.get(indicator.id)
    const { code, nameZh, nameEn, unit, scale, nature, polarity } = indicator
    return {
      indicator: { code, nameZh, nameEn, unit, scale, nature, polarity },
      until,
      value: actual.value,
      isInexact: actual.inexact,
      lastYear,
      difference: actual.value === null || lastYear === null ? null : actual.value - lastYear,
      target: target?.value ?? null,
      itemId: target?.itemId ?? null,
      ...(target === undefined
        ? { expected: null, rate: null, gap: null, light: null }
        : measureProgress(target.yardstick, target.value, actual.value, until ?? input.period)),
    }
  })
  const below = new Map(
    input.bodies.map((body) => [body, indicators.map(({ id }) => now.get(id)?.get(body)?.reported.value ?? null)]),
  )
  return { figures, below }
}

/** The actuals of each indicator by body, each form read once. */
async function readForms(
  ctx: TenantContext,
  sources: readonly Source[],
  bodies: readonly number[],
): Promise<Map<number, Map<number, BodyActuals>>> {
  const forms = new Map<number, { form: Form; items: FormItem[]; periods: readonly string[] }>()
  for (const { form, item, periods } of sources) {
    if (periods.length === 0) continue
    const reading = forms.get(form.id) ?? { form, items: [], periods }
    reading.items.push(item)
    forms.set(form.id, reading)
  }
  const actuals = new Map<number, Map<number, BodyActuals>>()
  for (const source of forms.values()) {
    const found = await readItemActuals(ctx, { source, bodies, hierarchy: 'regional' })
    for (const { indicatorId, position } of source.items)
      actuals.set(indicatorId, found.get(position) ?? new Map<number, BodyActuals>())
  }
  return actuals
}

/** The share that the body holds of the year's target of each indicator; where two plans set one, that of the first. */
async function findTargets(ctx: TenantContext, period: string, indicators: ReadonlySet<number>) {
  const year = Number(coarserPeriod(period, 'year'))
  const shares = new Map((await listHeldShares(ctx, { year, bodyId: ctx.tenantId })).map((one) => [one.itemId, one]))
  const items = (await findItems(ctx, [...shares.keys()])).filter((item) => indicators.has(item.measure.indicatorId))
  const plans = await findPlans(
    ctx,
    items.map((item) => item.planId),
  )
  const targets = new Map<number, { itemId: number; value: number; yardstick: ReturnType<typeof readYardstick> }>()
  for (const item of items) {
    const [plan, share] = [plans.get(item.planId), shares.get(item.id)]
    const { indicatorId } = item.measure
    if (plan && plan.hierarchy === 'regional' && share && !targets.has(indicatorId))
      targets.set(indicatorId, { itemId: item.id, value: share.value, yardstick: readYardstick(plan, item) })
  }
  return targets
}
