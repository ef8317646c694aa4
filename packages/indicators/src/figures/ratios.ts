import { evaluateRatio, listNames, lookUpIn, nameWithin } from './formulas.ts'
import { roundRatio } from './fractions.ts'
import { indexItems, type CheckedItem } from './items.ts'
import { isInexact } from './marks.ts'

export type DerivedRatio = {
  readonly position: number
  /** Stored form of the ratio (hundredths of a percent, fen per household); null where a part is missing or the denominator 0. */
  readonly value: number | null
  /** A part of it is about, over or under something. */
  readonly inexact: boolean
}

/**
 * The ratios of a form from the figures of the same vector, own or summed: never averaged, never stored (GOV-03).
 *
 * @param marks marks of the same vector, where there are any
 */
export function deriveRatios(
  items: readonly CheckedItem[],
  figures: readonly (number | null)[],
  marks?: readonly (number | null)[] | null,
): DerivedRatio[] {
  const byName = indexItems(items)
  return items.flatMap((item) => {
    if (item.nature !== 'ratio' || item.formula === null) return []
    const value = evaluateRatio(item.formula, item.unit, lookUpIn(items, figures, item.breakdownZh))
    const inexact = listNames(item.formula).some((name) => {
      const part = byName.get(nameWithin(name, item.breakdownZh))
      return part !== undefined && isInexact(marks?.[part.position - 1])
    })
    return [{ position: item.position, value: value === null ? null : roundRatio(value, item.scale), inexact }]
  })
}

/** The same as a vector: the ratio at its item's position, null everywhere else. */
export function computeRatios(items: readonly CheckedItem[], figures: readonly (number | null)[]): (number | null)[] {
  const values = new Map(deriveRatios(items, figures).map((ratio) => [ratio.position, ratio.value]))
  const length = Math.max(0, ...items.map((item) => item.position))
  return Array.from({ length }, (_, index) => values.get(index + 1) ?? null)
}
