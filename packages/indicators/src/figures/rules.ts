import type { Formula } from './formulas.ts'

/** An error stops the report; a warning is settled by a note on its cell. */
export type Level = 'error' | 'warning'

/**
 * The rules of a form (handbook 12.2), data that runs the same in browser, server and import. Items are named as in
 * formulas: `member_count`, `new_member_count#女性`, and `previous:member_count` for the same item one period earlier.
 * Numbers are in the item's natural unit.
 */
export type Rule = CompareRule | RangeRule | JumpRule | MagnitudeRule | SameRule | RateRule | NoteRule | PresentRule

export type Comparison = '<' | '<=' | '=' | '>=' | '>'

/** Arithmetic between items: members <= employees (12.2 rules 1 to 9). Not judged while a part is missing. */
export type CompareRule = {
  readonly id: string
  readonly kind: 'compare'
  readonly level: Level
  readonly left: Formula
  readonly op: Comparison
  readonly right: Formula
  /** What the rule says, where the arithmetic alone would not be understood; needed with `previous:`. */
  readonly textZh?: string
  readonly textEn?: string
}

/** Bounds of single items, both included. */
export type RangeRule = {
  readonly id: string
  readonly kind: 'range'
  readonly level: Level
  readonly items: readonly string[]
  readonly min?: number
  readonly max?: number
}

/** A change of more than so many percent against the body's own previous period (GOV-06). Figures below `least` may jump. */
export type JumpRule = {
  readonly id: string
  readonly kind: 'jump'
  readonly level: Level
  /** Default: every item that is typed in. */
  readonly items?: readonly string[]
  readonly percent: number
  readonly least: number
}

/** A value 10,000 times the last one, or its ten-thousandth: 万 was forgotten or doubled (12.2 rule 11). */
export type MagnitudeRule = {
  readonly id: string
  readonly kind: 'magnitude'
  readonly level: Level
  readonly items?: readonly string[]
}

/** The same figure in different items (156/156, GOV-06). Figures below `least` coincide by chance. */
export type SameRule = {
  readonly id: string
  readonly kind: 'same'
  readonly level: Level
  readonly items: readonly string[]
  readonly least: number
}

/** A typed rate against the one computed from its parts, in percentage points (12.2 rule 10). */
export type RateRule = {
  readonly id: string
  readonly kind: 'rate'
  /** Default: every ratio item with a formula. */
  readonly items?: readonly string[]
  readonly warningAbove: number
  readonly errorAbove: number
}

/** The item needs a note when the comparison holds: unions were revoked, say why. */
export type NoteRule = {
  readonly id: string
  readonly kind: 'note'
  readonly level: Level
  readonly item: string
  readonly left: Formula
  readonly op: Comparison
  readonly right: Formula
}

/** The items must be filled in, or say why they are missing (UNI-05). */
export type PresentRule = {
  readonly id: string
  readonly kind: 'present'
  readonly level: Level
  readonly items: readonly string[]
}

/** Where a name in a rule points to: the item, and whether its previous period is meant. */
export function readReference(name: string): { readonly item: string; readonly isPrevious: boolean } {
  return name.startsWith('previous:')
    ? { item: name.slice('previous:'.length), isPrevious: true }
    : { item: name, isPrevious: false }
}

/** Every item a rule names in its own words; empty for rules that mean all items. */
export function listRuleNames(rule: Rule, listNames: (formula: Formula) => string[]): string[] {
  switch (rule.kind) {
    case 'compare':
      return [...listNames(rule.left), ...listNames(rule.right)]
    case 'note':
      return [rule.item, ...listNames(rule.left), ...listNames(rule.right)]
    case 'range':
    case 'same':
    case 'present':
      return [...rule.items]
    case 'jump':
    case 'magnitude':
    case 'rate':
      return [...(rule.items ?? [])]
  }
}
