import { z } from 'zod'
import { Formula, IndicatorCode } from './rules.ts'

export const domains = [
  'organisation',
  'women',
  'rights',
  'safety',
  'aid',
  'competition',
  'model_worker',
  'finance',
  'governance',
  'culture_education',
  'cadre',
] as const
export const Domain = z.enum(domains)
export type Domain = z.output<typeof Domain>

const name = z.string().trim().min(2).max(120)
const definition = z.string().trim().max(1000)

/**
 * An indicator (handbook 12). `unit` belongs to it (UNI-01): persons and person-times are two indicators. `scale`: decimal
 * places kept in the stored integer, 2 for 元 (fen) and %.
 *   flow      adds over time and bodies
 *   stock     adds over bodies, the last value of a period counts
 *   ratio     computed from the totals of its parts by `formula`, never typed, never averaged; null: see the definition
 *   distinct  (additivity) would count the same thing twice if bodies were added; not summed
 */
export const IndicatorInput = z
  .object({
    code: IndicatorCode,
    nameZh: name,
    nameEn: name,
    domain: Domain,
    unit: z.string().trim().min(1).max(12),
    scale: z.int().min(0).max(4).default(0),
    nature: z.enum(['flow', 'stock', 'ratio']),
    additivity: z.enum(['sum', 'ratio', 'distinct']),
    formula: Formula.nullable().default(null),
    breakdowns: z.array(z.string().trim().min(1).max(40)).max(30).default([]),
    polarity: z.union([z.literal(-1), z.literal(0), z.literal(1)]).default(1),
    definitionZh: definition.default(''),
    definitionEn: definition.default(''),
  })
  .superRefine((input, report) => {
    if ((input.nature === 'ratio') !== (input.additivity === 'ratio')) {
      report.addIssue({ code: 'custom', path: ['additivity'], message: 'errors.indicatorAdditivity' })
    }
    if (input.formula !== null && input.nature !== 'ratio') {
      report.addIssue({ code: 'custom', path: ['formula'], message: 'errors.formulaNotRatio' })
    }
    if (input.formula !== null && (typeof input.formula !== 'object' || input.formula.op !== '/')) {
      report.addIssue({ code: 'custom', path: ['formula'], message: 'errors.formulaNoDenominator' })
    }
    if (['元', '%', '元/户', '百分点'].includes(input.unit) && input.scale !== 2) {
      report.addIssue({ code: 'custom', path: ['scale'], message: 'errors.indicatorScale' })
    }
  })
export type IndicatorInput = z.input<typeof IndicatorInput>
