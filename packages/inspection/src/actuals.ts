import {
  coarserPeriod,
  finerPeriods,
  findSources,
  parsePeriod,
  type Form,
  type FormItem,
  type PeriodKind,
} from '@gonglian/indicators'
import {
  addMarks,
  combineFigures,
  computeRatios,
  indexItems,
  isInexact,
  listNames,
  marks,
  nameWithin,
  type MarkedFigure,
} from '@gonglian/indicators/figures'
import { readTotals, type Hierarchy, type Total } from '@gonglian/rollup'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'

export type Actual = {
  /** In the unit of the indicator (fen, hundredths of a percent, heads); null: nothing was reported. */
  value: number | null
  /** A part of it is about, over or under something (UNI-03). */
  inexact: boolean
}

/** How much of what is expected stands behind a total, at the last period it covers. */
export type Coverage = {
  expected: number
  reported: number
  /** Accepted by the direct superior. */
  reviewed: number
  /** Contained in the accepted figure. */
  accepted: number
  changedAt: Date | null
}

export type BodyActuals = {
  reported: Actual
  accepted: Actual
  coverage: Coverage | null
  /** Reported, from the start of the year to the end of each period of the form so far. */
  trend: (number | null)[]
}

export type Source = { form: Form; item: FormItem; periods: string[] }

/** The periods of a rhythm that make up the year until the end of the given one. */
function listPeriodsUntil(period: string, frequency: PeriodKind): string[] {
  const end = parsePeriod(period).end
  return finerPeriods(coarserPeriod(period, 'year'), frequency).filter((part) => parsePeriod(part).end <= end)
}

/**
 * The form each indicator is reported in, and the periods of it that make up the year until the end of the given one. Indicators that no
 * form asks for are left out.
 */
export async function findActualSources(
  ctx: TenantContext,
  indicatorIds: readonly number[],
  period: string,
): Promise<Map<number, Source>> {
  const sources = await findSources(ctx, indicatorIds)
  return new Map(
    [...sources].map(([id, source]) => [id, { ...source, periods: listPeriodsUntil(period, source.form.frequency) }]),
  )
}

/** As `findActualSources`, of one indicator; null: no form in sight asks for it. */
export async function findActualSource(
  ctx: TenantContext,
  indicatorId: number,
  period: string,
): Promise<Source | null> {
  return (await findActualSources(ctx, [indicatorId], period)).get(indicatorId) ?? null
}

/**
 * What each body has come to from January to the end of the period: flows add, stocks take the last, ratios are computed from the
 * totals of their parts (GOV-03). Reads totals by primary key only; bodies with nobody below them are answered from their report.
 */
export async function readActuals(
  ctx: TenantContext,
  input: { source: Source; bodies: readonly number[]; hierarchy: Hierarchy },
): Promise<Map<number, BodyActuals>> {
  const { item, ...source } = input.source
  const actuals = await readItemActuals(ctx, { ...input, source: { ...source, items: [item] } })
  return actuals.get(item.position) ?? new Map<number, BodyActuals>()
}

/** As `readActuals`, of several items of one form with one reading of the totals; by the items' positions. */
export async function readItemActuals(
  ctx: TenantContext,
  input: {
    source: { form: Form; items: readonly FormItem[]; periods: readonly string[] }
    bodies: readonly number[]
    hierarchy: Hierarchy
  },
): Promise<Map<number, Map<number, BodyActuals>>> {
  requirePermission(ctx, 'progress:read')
  const { form, items, periods } = input.source
  const byName = indexItems(form.items)
  const partsOf = (item: FormItem): readonly FormItem[] =>
    item.formula === null
      ? [item]
      : listNames(item.formula).flatMap((name) => byName.get(nameWithin(name, item.breakdownZh)) ?? [])
  const positions = [...new Set(items.flatMap((item) => partsOf(item).map((part) => part.position)))]
  const totals = await readTotals(ctx, {
    formId: form.id,
    form,
    periods,
    hierarchy: input.hierarchy,
    bodies: input.bodies,
    positions,
  })
  const byBody = new Map<number, Map<string, Total>>()
  for (const row of totals) {
    const rows = byBody.get(row.tenantId) ?? new Map<string, Total>()
    byBody.set(row.tenantId, rows.set(row.period, row))
  }
  const places = new Map(positions.map((position, index) => [position, index]))
  return new Map(
    items.map((item) => {
      const parts = partsOf(item).map((part) => ({ item: part, place: places.get(part.position) ?? -1 }))
      return [item.position, readBodies(input, item, parts, byBody)] as const
    }),
  )
}

/** A part of an item and its place in the vectors that were read. */
type Part = { readonly item: FormItem; readonly place: number }

function readBodies(
  input: { source: { form: Form; periods: readonly string[] }; bodies: readonly number[] },
  item: FormItem,
  parts: readonly Part[],
  byBody: ReadonlyMap<number, ReadonlyMap<string, Total>>,
): Map<number, BodyActuals> {
  const { form, periods } = input.source
  const last = periods[periods.length - 1]
  return new Map(
    input.bodies.map((body) => {
      const rows = byBody.get(body) ?? new Map<string, Total>()
      const upTo = (count: number, which: 'reported' | 'accepted') =>
        combine(form, item, parts, periods.slice(0, count), rows, which)
      const covered = last === undefined ? undefined : rows.get(last)
      const coverage: Coverage | null = covered
        ? {
            expected: covered.expectedCount,
            reported: covered.reportedCount,
            reviewed: covered.reviewedCount,
            accepted: covered.acceptedCount,
            changedAt: covered.changedAt,
          }
        : null
      const actuals: BodyActuals = {
        reported: upTo(periods.length, 'reported'),
        accepted: upTo(periods.length, 'accepted'),
        coverage,
        trend: periods.map((_, index) => upTo(index + 1, 'reported').value),
      }
      return [body, actuals] as const
    }),
  )
}

/** One figure over several periods of one body. */
function combine(
  form: Form,
  item: FormItem,
  parts: readonly Part[],
  periods: readonly string[],
  rows: ReadonlyMap<string, Total>,
  which: 'reported' | 'accepted',
): Actual {
  const sums = parts.map(({ item: part, place }) => {
    const figures = periods.map((period): MarkedFigure => {
      const row = rows.get(period)
      const inexact = which === 'reported' ? row?.reportedInexact : row?.acceptedInexact
      return { value: row?.[which][place] ?? null, mark: inexact?.includes(part.position) ? marks.about : marks.exact }
    })
    return { part, ...combineFigures(part.nature, figures) }
  })
  const inexact = isInexact(addMarks(sums.map((sum) => sum.mark)))
  if (item.formula === null) return { value: sums[0]?.value ?? null, inexact }
  const vector: (number | null)[] = []
  for (const sum of sums) vector[sum.part.position - 1] = sum.value
  return {
    value:
      computeRatios(
        form.items,
        Array.from(vector, (value) => value ?? null),
      )[item.position - 1] ?? null,
    inexact,
  }
}
