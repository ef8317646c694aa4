import type { parameters as source } from '../zh-CN/parameters.ts'

export const parameters = {
  'parameters.unset': 'Not set: the rule holds',
  'parameters.unset.rule': 'Rule {rule}',
  'parameters.entries': '{count} entries',
  'parameters.yes': 'Yes',
  'parameters.no': 'No',
  'parameters.comma': ', ',
  'parameters.separator': '; ',
  'parameters.numbers.hint': 'Several numbers with commas between, like 3, 5',
  'parameters.sizes.hint': 'One line each, rising; the last has no upper number',
  'parameters.sizes.upTo': 'Up to (people)',
  'parameters.sizes.line': 'up to {upTo}: {from} to {to}',
  'parameters.sizes.above': 'above: {from} to {to}',
  'parameters.part.from': 'At least',
  'parameters.part.to': 'At most',
} as const satisfies Record<keyof typeof source, string>
