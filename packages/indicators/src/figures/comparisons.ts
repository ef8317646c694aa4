import { compareFractions, makeFraction, readDecimal, subtractFractions, type Fraction } from './fractions.ts'
import { marks, readMark } from './marks.ts'
import type { Comparison, Level } from './rules.ts'

export function holds(left: Fraction, op: Comparison, right: Fraction): boolean {
  const order = compareFractions(left, right)
  switch (op) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '=':
      return order === 0
    case '>=':
      return order >= 0
    case '>':
      return order > 0
  }
}

export function absolute(value: Fraction): Fraction {
  return value.top < 0n ? { top: -value.top, bottom: value.bottom } : value
}

/** Whether a figure lies below a limit that a rule gives as a plain number. */
export function isSmall(value: Fraction, least: number): boolean {
  const limit = readDecimal(least)
  return limit !== null && holds(absolute(value), '<', limit)
}

/** now / before; null where before is 0. */
export function divide(now: Fraction, before: Fraction): Fraction | null {
  return makeFraction(now.top * before.bottom, now.bottom * before.top)
}

function isTenThousandfold(times: Fraction): boolean {
  // Half to double of 10,000: a slip of 万 on top of an ordinary change.
  return holds(times, '>=', { top: 5000n, bottom: 1n }) && holds(times, '<=', { top: 20_000n, bottom: 1n })
}

/** One figure is about 10,000 times the other (12.2 rule 11). */
export function isSlip(now: Fraction, before: Fraction): boolean {
  const up = divide(now, before)
  const down = divide(before, now)
  return (up !== null && isTenThousandfold(up)) || (down !== null && isTenThousandfold(down))
}

/** Whether a stated rate claims no more than the computed one shows: 85%以上 is true of 92 %. */
function isWithinClaim(mark: number, stated: Fraction, computed: Fraction): boolean {
  const known = readMark(mark)
  if (known === marks.over || known === marks.atLeast) return holds(computed, '>=', stated)
  if (known === marks.under || known === marks.atMost) return holds(computed, '<=', stated)
  return false
}

export type RateVerdict = { readonly level: Level | null; readonly difference: Fraction }

/**
 * Compares a typed rate with the one computed from its parts, both in percent (12.2 rule 10): more than `warningAbove`
 * percentage points apart is a warning, more than `errorAbove` an error.
 */
export function compareRates(
  stated: Fraction,
  computed: Fraction,
  mark: number,
  limits: { readonly warningAbove: number; readonly errorAbove: number },
): RateVerdict {
  const difference = absolute(subtractFractions(stated, computed) ?? { top: 0n, bottom: 1n })
  const [warning, error] = [readDecimal(limits.warningAbove), readDecimal(limits.errorAbove)]
  if (isWithinClaim(mark, stated, computed)) return { level: null, difference }
  if (error !== null && holds(difference, '>', error)) return { level: 'error', difference }
  return { level: warning !== null && holds(difference, '>', warning) ? 'warning' : null, difference }
}
