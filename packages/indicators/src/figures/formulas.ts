import {
  addFractions,
  divideFractions,
  multiplyFractions,
  readDecimal,
  readScaled,
  subtractFractions,
  type Fraction,
} from './fractions.ts'
import { indexItems, nameItem, type CheckedItem } from './items.ts'

/**
 * Arithmetic over figures, as it is stored: a name (`member_count`, `new_member_count#女性`), a plain number, or an
 * operation. Figures enter in their natural unit: 元, not fen; 93.08 for 93.08 %.
 * A ratio indicator has '/' at the top: left is its numerator, right its named denominator.
 */
export type Formula = string | number | Operation
export type Operation = { readonly op: '+' | '-' | '*' | '/'; readonly left: Formula; readonly right: Formula }

/** Gives the figure behind a name, null when it is missing. */
export type Lookup = (name: string) => Fraction | null

/** The names a formula asks for, each once. */
export function listNames(formula: Formula): string[] {
  if (typeof formula === 'number') return []
  if (typeof formula === 'string') return [formula]
  return [...new Set([...listNames(formula.left), ...listNames(formula.right)])]
}

/** How deep operations lie in each other. */
export function measureDepth(formula: Formula): number {
  return typeof formula === 'object' ? 1 + Math.max(measureDepth(formula.left), measureDepth(formula.right)) : 0
}

/** The exact value. Null as soon as one part is missing (UNI-05) or a division has nothing to divide by. */
export function evaluateFormula(formula: Formula, lookup: Lookup): Fraction | null {
  if (typeof formula === 'number') return readDecimal(formula)
  if (typeof formula === 'string') return lookup(formula)
  const left = evaluateFormula(formula.left, lookup)
  const right = evaluateFormula(formula.right, lookup)
  if (left === null || right === null) return null
  switch (formula.op) {
    case '+':
      return addFractions(left, right)
    case '-':
      return subtractFractions(left, right)
    case '*':
      return multiplyFractions(left, right)
    case '/':
      return divideFractions(left, right)
  }
}

/**
 * The value of a ratio in its unit: the quotient, times 100 where the unit is percent. This is the one place where a rate
 * is made; forms, totals, targets and the checks of typed rates all come here.
 */
export function evaluateRatio(formula: Formula, unit: string, lookup: Lookup): Fraction | null {
  return evaluateFormula(unit === '%' ? { op: '*', left: formula, right: 100 } : formula, lookup)
}

/** A name without breakdown, asked for by an item with one, means the same breakdown: rates never mix a part with a whole. */
export function nameWithin(name: string, breakdownZh: string): string {
  return breakdownZh === '' || name.includes('#') ? name : `${name}#${breakdownZh}`
}

/**
 * Looks names up in one report's vector.
 *
 * @param breakdownZh breakdown of the item that asks
 */
export function lookUpIn(items: readonly CheckedItem[], figures: readonly (number | null)[], breakdownZh = ''): Lookup {
  const byName = indexItems(items)
  return (name) => {
    const item = byName.get(nameWithin(name, breakdownZh))
    const value = item === undefined ? null : figures[item.position - 1]
    return item === undefined || value === null || value === undefined ? null : readScaled(value, item.scale)
  }
}

const weight = { '+': 1, '-': 1, '*': 2, '/': 2 } as const
const signs = { '+': '+', '-': '−', '*': '×', '/': '÷' } as const

/** The formula in words: 女职工委员会数 + 女职工委员数. */
export function describeFormula(formula: Formula, items: readonly CheckedItem[], locale: 'zh-CN' | 'en'): string {
  const byName = indexItems(items)
  const describe = (part: Formula, around: number): string => {
    if (typeof part === 'number') return String(part)
    if (typeof part === 'string') {
      const item = byName.get(part)
      return item ? nameItem(item, locale) : part
    }
    const own = weight[part.op]
    const text = `${describe(part.left, own)} ${signs[part.op]} ${describe(part.right, own + 0.5)}`
    return own < around ? (locale === 'en' ? `(${text})` : `（${text}）`) : text
  }
  return describe(formula, 0)
}
