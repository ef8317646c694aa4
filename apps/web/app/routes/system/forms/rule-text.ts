import { describeFormula, indexItems, nameItem, type CheckedItem, type Formula } from '@gonglian/indicators/figures'
import type { Locale, Translate } from '@gonglian/ui/messages'
import type { Form, Rule } from './form.ts'

const previous = 'previous:'

/** The items, and each once more as it was one period earlier: rules name both. */
function withPrevious(items: readonly CheckedItem[], text: Translate): CheckedItem[] {
  return [
    ...items,
    ...items.map((item) => ({
      ...item,
      code: `${previous}${item.code}`,
      nameZh: text('rules.previous', { item: item.nameZh }),
      nameEn: text('rules.previous', { item: item.nameEn }),
    })),
  ]
}

/** Says what a rule of a form demands, in the names of its items. */
export function describeRules(
  form: Pick<Form, 'items' | 'rules'>,
  locale: Locale,
  text: Translate,
): (rule: Rule) => string {
  const items = withPrevious(form.items, text)
  const byName = indexItems(items)
  const formula = (part: Formula) => describeFormula(part, items, locale)
  const name = (reference: string) => {
    const item = byName.get(reference)
    return item ? nameItem(item, locale) : reference
  }
  const list = (references: readonly string[] | undefined) =>
    references === undefined
      ? text('rules.everyItem')
      : references.map((reference) => `“${name(reference)}”`).join(locale === 'en' ? ', ' : '、')
  return (rule) => {
    switch (rule.kind) {
      case 'compare': {
        const told = locale === 'en' ? rule.textEn : rule.textZh
        return (
          told ??
          text('rules.compare', {
            left: formula(rule.left),
            op: text(`rules.op.${rule.op}`),
            right: formula(rule.right),
          })
        )
      }
      case 'range': {
        const { min, max } = rule
        if (min !== undefined && max !== undefined) return text('rules.between', { items: list(rule.items), min, max })
        return min === undefined
          ? text('rules.max', { items: list(rule.items), max: max ?? '' })
          : text('rules.min', { items: list(rule.items), min })
      }
      case 'jump':
        return text('rules.jump', { items: list(rule.items), percent: rule.percent, least: rule.least })
      case 'magnitude':
        return text('rules.magnitude', { items: list(rule.items) })
      case 'same':
        return text('rules.same', { items: list(rule.items), least: rule.least })
      case 'rate':
        return text('rules.rate', { items: list(rule.items), warning: rule.warningAbove, error: rule.errorAbove })
      case 'note':
        return text('rules.note', {
          left: formula(rule.left),
          op: text(`rules.when.${rule.op}`),
          right: formula(rule.right),
          item: name(rule.item),
        })
      case 'present':
        return text('rules.present', { items: list(rule.items) })
    }
  }
}

/** A rate is judged by two bounds, so it is an error and a warning at once; counted as the graver. */
export function readLevel(rule: Rule): 'error' | 'warning' {
  return rule.kind === 'rate' ? 'error' : rule.level
}
