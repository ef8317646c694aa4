import { nameItem } from '@gonglian/indicators/figures'
import { formatUnit } from '@gonglian/ui'
import { listRuleItems } from './rule-items.ts'
import type { Locale, Translate } from '@gonglian/ui/messages'
import type { Form, FormItem } from './form.ts'

/** What the table of items and its file read of an item. */
export function readItems(form: Form, locale: Locale, text: Translate) {
  const rules = listRuleItems(form)
  return {
    position: (item: FormItem) => item.position,
    section: (item: FormItem) => (locale === 'en' ? item.sectionEn : item.sectionZh),
    name: (item: FormItem) => nameItem(item, locale),
    unit: (item: FormItem) => formatUnit(item.unit, locale, 'none'),
    nature: (item: FormItem) => text(`indicators.nature.${item.nature}`),
    how: (item: FormItem) => text(item.formula === null ? 'forms.item.typed' : 'forms.item.computed'),
    additivity: (item: FormItem) => text(`indicators.additivity.${item.additivity}`),
    rules: (item: FormItem) => (rules.get(item.position) ?? []).join(' · '),
    code: (item: FormItem) => item.code,
  } as const
}
export type ItemReaders = ReturnType<typeof readItems>
