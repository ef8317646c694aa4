import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { evaluateRatio, listNames } from '../figures/formulas.ts'
import { readScaled, roundRatio } from '../figures/fractions.ts'
import { findIndicators } from '../indicators.ts'
import type { PeriodSpan } from '../periods.ts'
import { periodContaining, parsePeriod } from '../periods.ts'
import { countFeed } from './counts.ts'
import { columnOf, type Feed } from './feed.ts'

/** The days of the running month until today: what the records say now. */
export function untilToday(today: string): PeriodSpan {
  return { ...parsePeriod(periodContaining('month', today)), end: today }
}

/** The days of the running year until today: what a page counts beside a sum from January on. */
export function yearUntilToday(today: string): PeriodSpan {
  return { ...parsePeriod(periodContaining('year', today)), end: today }
}

/**
 * What the body's own records say of some indicators: counted by the queries that fill in its reports, ratios computed from what they count by the
 * formula of the catalogue. Null: the body doesn't keep such records here, or a ratio has nothing to divide by. Every page that states such a
 * number of a body takes it from here.
 *
 * @param question.codes indicators, or `code/breakdown`
 * @param question.span default: the running month until today
 */
export async function readOwnFigures(
  ctx: TenantContext,
  feeds: readonly Feed[],
  question: { readonly codes: readonly string[]; readonly span?: PeriodSpan },
): Promise<Map<string, number | null>> {
  requirePermission(ctx, 'report:read')
  const span = question.span ?? untilToday(ctx.today)
  const asked = await findIndicators(ctx, question.codes.map(plainCode))
  const parts = [...asked.values()].flatMap(({ formula }) => (formula === null ? [] : listNames(formula)))
  const wanted = new Set([...question.codes, ...parts])
  const counted = new Map<string, number | null>()
  for (const feed of feeds) {
    const columns = feed.items.map(columnOf).filter((column) => wanted.has(column))
    if (columns.length === 0) continue
    const answer = await countFeed(ctx, feed, { tenantId: ctx.tenantId, span })
    for (const column of columns) counted.set(column, answer?.[column] ?? null)
  }
  const known = await findIndicators(ctx, [...wanted].map(plainCode))
  return new Map(
    question.codes.map((code) => {
      const indicator = known.get(plainCode(code))
      if (indicator === undefined || indicator.formula === null) return [code, counted.get(code) ?? null]
      const ratio = evaluateRatio(indicator.formula, indicator.unit, (name) => {
        const value = counted.get(name)
        return value === null || value === undefined ? null : readScaled(value, known.get(name)?.scale ?? 0)
      })
      return [code, ratio === null ? null : roundRatio(ratio, indicator.scale)]
    }),
  )
}

const plainCode = (code: string) => code.split('/')[0] ?? code
