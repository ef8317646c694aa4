import type { Nature } from './items.ts'
import { addMarks, isMissingReason, marks, readMark, type Mark } from './marks.ts'

export type MarkedFigure = { readonly value: number | null; readonly mark?: number | null }

export type CombinedFigure = {
  readonly value: number | null
  readonly mark: Mark
  /** Parts that were missing and are therefore not in the value. */
  readonly missing: number
}

/**
 * Builds the figure of a coarser period from its finer ones in order (PER-03): a flow adds up, a stock takes the last, a
 * ratio cannot be built from ratios (GOV-03). What is missing is left out and counted, never taken for 0, and an earlier
 * stock never stands in for a missing last one (UNI-05).
 *
 * @throws RangeError when a sum passes 2^53
 */
export function combineFigures(nature: Nature, parts: readonly MarkedFigure[]): CombinedFigure {
  const missing = parts.filter((part) => part.value === null).length
  if (nature === 'ratio') return { value: null, mark: marks.exact, missing }
  if (nature === 'stock') {
    const last = parts[parts.length - 1]
    return {
      value: last?.value ?? null,
      mark: readMark(last?.mark),
      missing: last === undefined || last.value === null ? 1 : 0,
    }
  }
  const present = parts.filter((part) => part.value !== null)
  if (present.length === 0) {
    const reasons = new Set(parts.map((part) => readMark(part.mark)).filter(isMissingReason))
    const [reason] = reasons
    return { value: null, mark: reasons.size === 1 && reason !== undefined ? reason : marks.exact, missing }
  }
  const sum = present.reduce((total, part) => total + BigInt(part.value ?? 0), 0n)
  const value = Number(sum)
  if (!Number.isSafeInteger(value)) throw new RangeError('a sum is beyond the range that can be computed exactly')
  return { value, mark: addMarks(present.map((part) => part.mark)), missing }
}
