import { catalogue } from '../data/catalogue.ts'
import { derivedChecks, type DerivedCheck } from '../data/history/derived-checks.ts'
import { compareRates, holds } from './figures/comparisons.ts'
import { evaluateRatio, type Formula } from './figures/formulas.ts'
import { readScaled, roundRatio, type Fraction } from './figures/fractions.ts'
import { marks } from './figures/marks.ts'

/** A stored figure with what it takes to read it. */
export type FactFigure = { readonly value: number | null; readonly mark: number; readonly scale: number }

export type DerivedResult = {
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  readonly unit: string
  readonly scale: number
  /** Stored integers of `scale`; null while a part is missing. */
  readonly computed: number | null
  readonly stated: number | null
  /** The stated figure does not follow from its parts: a rate by more than 0.05 percentage points, anything else at all. */
  readonly flagged: boolean
  readonly level: 'error' | 'warning' | null
}

/** The formula of a catalogue ratio with facts in the place of its parts. */
function bindParts(formula: Formula, parts: Readonly<Record<string, string>>): Formula {
  if (typeof formula === 'number') return formula
  if (typeof formula === 'string') return parts[formula] ?? formula
  return { op: formula.op, left: bindParts(formula.left, parts), right: bindParts(formula.right, parts) }
}

function formulaOf(check: DerivedCheck): Formula | null {
  if ('formula' in check) return check.formula
  const formula = catalogue.find((entry) => entry.code === check.ratio)?.formula ?? null
  return formula === null ? null : bindParts(formula, check.parts)
}

function judge(check: DerivedCheck, computed: Fraction | null, stated: FactFigure | null): 'error' | 'warning' | null {
  if (computed === null || stated === null || stated.value === null) return null
  const claim = readScaled(stated.value, stated.scale)
  if (check.unit === '%') return compareRates(claim, computed, stated.mark, { warningAbove: 0.05, errorAbove: 1 }).level
  return stated.mark !== marks.exact || holds(claim, '=', computed) ? null : 'warning'
}

/**
 * Works out the fifteen figures that follow from others in the reports of the past, with the same arithmetic as every ratio
 * of the system, and holds the stated ones against them (GOV-06, 12.2 rule 10).
 *
 * @param lookup the figure of a fact as it is stored
 */
export function checkDerived(lookup: (factId: string) => FactFigure | null): DerivedResult[] {
  const read = (factId: string): Fraction | null => {
    const figure = lookup(factId)
    return figure === null || figure.value === null ? null : readScaled(figure.value, figure.scale)
  }
  return derivedChecks.map((check) => {
    const formula = formulaOf(check)
    const computed = formula === null ? null : evaluateRatio(formula, check.unit, read)
    const stated = check.stated === undefined ? null : lookup(check.stated)
    const level = judge(check, computed, stated)
    return {
      id: check.id,
      nameZh: check.nameZh,
      nameEn: check.nameEn,
      unit: check.unit,
      scale: check.scale,
      computed: computed === null ? null : roundRatio(computed, check.scale),
      stated: stated?.value ?? null,
      flagged: level !== null,
      level,
    }
  })
}
