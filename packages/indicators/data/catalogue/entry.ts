import type { z } from 'zod'
import type { Formula } from '../../src/figures/formulas.ts'
import type { Domain, IndicatorInput } from '../../src/indicator-inputs.ts'

export type CatalogueEntry = z.input<typeof IndicatorInput>
type Undomained = Omit<CatalogueEntry, 'domain'>

/** `by`: keys of breakdowns. `polarity`: 1 more is better (default), -1 less is better, 0 neither. */
type More = { readonly by?: readonly string[]; readonly polarity?: -1 | 0 | 1 }

const hundredths = ['元', '元/户', '%', '百分点', '分']

type Kind = Pick<CatalogueEntry, 'nature' | 'additivity' | 'formula'>

function makeEntry(
  kind: Kind,
  code: string,
  unit: string,
  zh: string,
  en: string,
  definitionZh: string,
  definitionEn: string,
  more: More,
): Undomained {
  const scale = hundredths.includes(unit) ? 2 : 0
  const { by = [], polarity = 1 } = more
  return {
    code,
    nameZh: zh,
    nameEn: en,
    unit,
    scale,
    ...kind,
    breakdowns: [...by],
    polarity,
    definitionZh,
    definitionEn,
  }
}

/** State at the end of the period; adds over bodies, not over time. */
export function stock(
  code: string,
  unit: string,
  zh: string,
  en: string,
  definitionZh: string,
  definitionEn: string,
  more: More = {},
): Undomained {
  return makeEntry({ nature: 'stock', additivity: 'sum' }, code, unit, zh, en, definitionZh, definitionEn, more)
}

/** What happened in the period; adds over bodies and time. */
export function flow(
  code: string,
  unit: string,
  zh: string,
  en: string,
  definitionZh: string,
  definitionEn: string,
  more: More = {},
): Undomained {
  return makeEntry({ nature: 'flow', additivity: 'sum' }, code, unit, zh, en, definitionZh, definitionEn, more)
}

/** Counted from records: bodies or months may hold the same thing, so their figures do not add. */
export function distinct(
  nature: 'flow' | 'stock',
  code: string,
  unit: string,
  zh: string,
  en: string,
  definitionZh: string,
  definitionEn: string,
  more: More = {},
): Undomained {
  return makeEntry({ nature, additivity: 'distinct' }, code, unit, zh, en, definitionZh, definitionEn, more)
}

/** Left over right, from totals. Null: not to be had from totals, and the definition says why. */
export function ratio(
  code: string,
  unit: string,
  zh: string,
  en: string,
  parts: readonly [Formula, Formula] | null,
  definitionZh: string,
  definitionEn: string,
  more: More = {},
): Undomained {
  const formula: Formula | null = parts === null ? null : { op: '/', left: parts[0], right: parts[1] }
  return makeEntry(
    { nature: 'ratio', additivity: 'ratio', formula },
    code,
    unit,
    zh,
    en,
    definitionZh,
    definitionEn,
    more,
  )
}

export function inDomain(domain: Domain, entries: readonly Undomained[]): readonly CatalogueEntry[] {
  return entries.map((entry) => ({ ...entry, domain }))
}
