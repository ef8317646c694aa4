import { z } from 'zod'
import { listNames, measureDepth, type Formula as FormulaData } from './figures/formulas.ts'
import { listRuleNames, readReference, type Rule as RuleData } from './figures/rules.ts'

export const IndicatorCode = z.string().regex(/^[a-z][a-z0-9_]{1,79}$/, 'errors.indicatorCode')

/** `member_count`, `new_member_count#女性`, `previous:member_count`. */
const Reference = z.string().regex(/^(previous:)?[a-z][a-z0-9_]{1,79}(#.{1,60})?$/u, 'errors.formulaName')
const Constant = z.number().min(-1e12).max(1e12)

const AnyFormula: z.ZodType<FormulaData, FormulaData> = z.lazy(() =>
  z.union([Reference, Constant, z.object({ op: z.enum(['+', '-', '*', '/']), left: AnyFormula, right: AnyFormula })]),
)

/** Arithmetic over named figures, at most eight operations deep. */
export const Formula = AnyFormula.refine((formula) => measureDepth(formula) <= 8, 'errors.formulaDepth')

const comparison = z.enum(['<', '<=', '=', '>=', '>'])
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/, 'errors.ruleId')
const level = z.enum(['error', 'warning'])
const items = z.array(Reference).min(1).max(2000)
const text = z.string().trim().min(2).max(200)

/** A rule of a form, as JSON stores it. */
export const Rule: z.ZodType<RuleData, RuleData> = z.discriminatedUnion('kind', [
  z.object({
    id,
    kind: z.literal('compare'),
    level,
    left: Formula,
    op: comparison,
    right: Formula,
    textZh: text.exactOptional(),
    textEn: text.exactOptional(),
  }),
  z.object({
    id,
    kind: z.literal('range'),
    level,
    items,
    min: Constant.exactOptional(),
    max: Constant.exactOptional(),
  }),
  z.object({
    id,
    kind: z.literal('jump'),
    level,
    items: items.exactOptional(),
    percent: z.int().min(1).max(100_000),
    least: Constant,
  }),
  z.object({ id, kind: z.literal('magnitude'), level, items: items.exactOptional() }),
  z.object({ id, kind: z.literal('same'), level, items, least: Constant }),
  z.object({ id, kind: z.literal('rate'), items: items.exactOptional(), warningAbove: Constant, errorAbove: Constant }),
  z.object({ id, kind: z.literal('note'), level, item: Reference, left: Formula, op: comparison, right: Formula }),
  z.object({ id, kind: z.literal('present'), level, items }),
])

export type RuleFault = {
  readonly index: number
  readonly key: string
  readonly params: Readonly<Record<string, string>>
}

/** What is wrong with rules for a form that has items of these names; the schema has seen to their shape. */
export function findRuleFaults(rules: readonly RuleData[], itemNames: ReadonlySet<string>): RuleFault[] {
  const seen = new Set<string>()
  return rules.flatMap((rule, index) => {
    const faults: RuleFault[] = []
    if (seen.has(rule.id)) faults.push({ index, key: 'errors.ruleTwice', params: { rule: rule.id } })
    seen.add(rule.id)
    const names = listRuleNames(rule, listNames)
    const unknown = names.find((name) => !itemNames.has(readReference(name).item))
    if (unknown !== undefined) faults.push({ index, key: 'errors.ruleItem', params: { rule: rule.id, item: unknown } })
    const isBare = rule.kind === 'compare' && (rule.textZh === undefined || rule.textEn === undefined)
    // A reader cannot guess from names alone that last month's figure is meant.
    if (isBare && names.some((name) => readReference(name).isPrevious)) {
      faults.push({ index, key: 'errors.ruleText', params: { rule: rule.id } })
    }
    return faults
  })
}
