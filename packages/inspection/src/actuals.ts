import { coarserPeriod, finerPeriods, findSource, parsePeriod, type Form, type FormItem } from '@gonglian/indicators'
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

/** The form an indicator is reported in, and the periods of it that make up the year until the end of the given one. */
export async function findActualSource(
  ctx: TenantContext,
  indicatorId: number,
  period: string,
): Promise<Source | null> {
  const source = await findSource(ctx, indicatorId)
  if (!source) return null
  const end = parsePeriod(period).end
  const periods = finerPeriods(coarserPeriod(period, 'year'), source.form.frequency).filter(
    (part) => parsePeriod(part).end <= end,
  )
  return { ...source, periods }
}

/**
 * What each body has come to from January to the end of the period: flows add, stocks take the last, ratios are computed from the
 * totals of their parts (GOV-03). Reads totals by primary key only; bodies with nobody below them are answered from their report.
 */
export async function readActuals(
  ctx: TenantContext,
  input: { source: Source; bodies: readonly number[]; hierarchy: Hierarchy },
): Promise<Map<number, BodyActuals>> {
  requirePermission(ctx, 'progress:read')
  const { form, item, periods } = input.source
  const byName = indexItems(form.items)
  const parts =
    item.formula === null
      ? [item]
      : listNames(item.formula).flatMap((name) => byName.get(nameWithin(name, item.breakdownZh)) ?? [])
  const totals = await readTotals(ctx, {
    formId: form.id,
    periods,
    hierarchy: input.hierarchy,
    bodies: input.bodies,
    positions: parts.map((part) => part.position),
  })
  const byBody = new Map<number, Map<string, Total>>()
  for (const row of totals) {
    const rows = byBody.get(row.tenantId) ?? new Map<string, Total>()
    byBody.set(row.tenantId, rows.set(row.period, row))
  }
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
  parts: readonly FormItem[],
  periods: readonly string[],
  rows: ReadonlyMap<string, Total>,
  which: 'reported' | 'accepted',
): Actual {
  const sums = parts.map((part, index) => {
    const figures = periods.map((period): MarkedFigure => {
      const row = rows.get(period)
      const inexact = which === 'reported' ? row?.reportedInexact : row?.acceptedInexact
      return { value: row?.[which][index] ?? null, mark: inexact?.includes(part.position) ? marks.about : marks.exact }
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
