import { indexItems, listNames, type Formula } from '@gonglian/indicators/figures'
import type { Form, Rule } from './form.ts'

function namesIn(rule: Rule): readonly string[] {
  const inside = (...parts: Formula[]) => parts.flatMap(listNames)
  switch (rule.kind) {
    case 'compare':
      return inside(rule.left, rule.right)
    case 'note':
      return [rule.item, ...inside(rule.left, rule.right)]
    case 'range':
    case 'same':
    case 'present':
      return rule.items
    case 'jump':
    case 'magnitude':
    case 'rate':
      return rule.items ?? []
  }
}

/** Which rules name an item, by its position; rules for every item are not counted. */
export function listRuleItems({ items, rules }: Pick<Form, 'items' | 'rules'>): ReadonlyMap<number, readonly string[]> {
  const byName = indexItems(items)
  const found = new Map<number, string[]>()
  for (const rule of rules) {
    const named = namesIn(rule).map((name) => byName.get(name.replace(/^previous:/, ''))?.position)
    for (const position of new Set(named)) {
      if (position !== undefined) found.set(position, [...(found.get(position) ?? []), rule.id])
    }
  }
  return found
}
