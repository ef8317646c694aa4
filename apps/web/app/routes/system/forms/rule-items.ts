import { indexItems, listNames, listRuleNames, readReference } from '@gonglian/indicators/figures'
import type { Form } from './form.ts'

/** Which rules name an item, by its position; rules for every item are not counted. */
export function listRuleItems({ items, rules }: Pick<Form, 'items' | 'rules'>): ReadonlyMap<number, readonly string[]> {
  const byName = indexItems(items)
  const found = new Map<number, string[]>()
  for (const rule of rules) {
    const named = listRuleNames(rule, listNames).map((name) => byName.get(readReference(name).item)?.position)
    for (const position of new Set(named)) {
      if (position !== undefined) found.set(position, [...(found.get(position) ?? []), rule.id])
    }
  }
  return found
}
