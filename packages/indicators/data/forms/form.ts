import type { z } from 'zod'
import type { FormInput } from '../../src/form-inputs.ts'
import type { Formula } from '../../src/figures/formulas.ts'
import type { CompareRule, Comparison, Level, Rule } from '../../src/figures/rules.ts'

export type FormEntry = z.input<typeof FormInput>
type Item = FormEntry['items'][number]

/** A part of an indicator (其中). */
export type Part = { readonly code: string; readonly zh: string; readonly en: string }

/** The items of one section, in order. */
export function section(sectionZh: string, sectionEn: string, items: readonly (string | Part)[]): Item[] {
  return items.map((item) =>
    typeof item === 'string'
      ? { code: item, sectionZh, sectionEn }
      : { code: item.code, sectionZh, sectionEn, breakdownZh: item.zh, breakdownEn: item.en },
  )
}

export function compare(id: string, level: Level, left: Formula, op: Comparison, right: Formula): CompareRule {
  return { id, kind: 'compare', level, left, op, right }
}

export function plus(left: Formula, right: Formula): Formula {
  return { op: '+', left, right }
}

export function minus(left: Formula, right: Formula): Formula {
  return { op: '-', left, right }
}

/** What every form asks (handbook 12.2 rules 10 and 11, GOV-06). */
export function askAlways(items: readonly Item[], least = 50): Rule[] {
  const typed = items.filter(
    (item) => (item.breakdownZh ?? '') === '' && !item.code.endsWith('_rate') && !item.code.endsWith('_share'),
  )
  return [
    { id: '12.2-10', kind: 'rate', warningAbove: 0.05, errorAbove: 1 },
    { id: '12.2-11', kind: 'magnitude', level: 'warning' },
    { id: 'GOV-06-jump', kind: 'jump', level: 'warning', percent: 50, least },
    { id: 'GOV-06-same', kind: 'same', level: 'warning', items: typed.map((item) => item.code), least: 100 },
  ]
}
