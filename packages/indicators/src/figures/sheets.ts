import { listNames, lookUpIn, type Formula, type Lookup } from './formulas.ts'
import { readScaled, type Fraction } from './fractions.ts'
import { indexItems, type CheckedItem } from './items.ts'
import { marks } from './marks.ts'
import { readReference, type Rule } from './rules.ts'

export type CheckInput = {
  readonly items: readonly CheckedItem[]
  readonly rules: readonly Rule[]
  readonly figures: readonly (number | null)[]
  readonly marks?: readonly (number | null)[] | null
  /** By position, as JSON keeps them. */
  readonly notes?: Readonly<Record<string, string>> | null
  /** The body's own figures of the period before. */
  readonly previous?: readonly (number | null)[] | null
  /** Earlier periods, newest first; stands in where the previous one is missing. */
  readonly history?: readonly (readonly (number | null)[])[] | null
  /** What the body's records say, by position; null where nothing counts the item. */
  readonly fed?: readonly (number | null)[] | null
  /** In which language names are put into the params. */
  readonly locale?: 'zh-CN' | 'en'
}

/** A report laid out for the rules: items by name, figures in their natural unit. */
export type Sheet = CheckInput & {
  readonly locale: 'zh-CN' | 'en'
  readonly byName: ReadonlyMap<string, CheckedItem>
  readonly lookup: Lookup
}

export function openSheet(input: CheckInput): Sheet {
  const now = lookUpIn(input.items, input.figures)
  const before = lookUpIn(input.items, input.previous ?? [])
  const lookup: Lookup = (name) => {
    const { item, isPrevious } = readReference(name)
    return isPrevious ? before(item) : now(item)
  }
  return { ...input, locale: input.locale ?? 'zh-CN', byName: indexItems(input.items), lookup }
}

export function hasNote(sheet: Sheet, position: number): boolean {
  return (sheet.notes?.[String(position)] ?? '').trim() !== ''
}

export function markAt(sheet: Sheet, position: number): number {
  return sheet.marks?.[position - 1] ?? marks.exact
}

export function readAt(figures: readonly (number | null)[], item: CheckedItem): Fraction | null {
  const value = figures[item.position - 1]
  return value === null || value === undefined ? null : readScaled(value, item.scale)
}

export function valueAt(sheet: Sheet, item: CheckedItem): Fraction | null {
  return readAt(sheet.figures, item)
}

/** The last figure the body gave for this item before this period. */
export function earlierAt(sheet: Sheet, item: CheckedItem): Fraction | null {
  for (const vector of [sheet.previous ?? [], ...(sheet.history ?? [])]) {
    const value = readAt(vector, item)
    if (value !== null) return value
  }
  return null
}

/** The items a rule means, in form order; without a list those that are typed in. */
export function pickItems(sheet: Sheet, names: readonly string[] | undefined): CheckedItem[] {
  if (names === undefined) return sheet.items.filter((item) => item.nature !== 'ratio')
  return names.flatMap((name) => sheet.byName.get(name) ?? [])
}

/** The items a formula speaks of. */
export function placesOf(sheet: Sheet, formula: Formula): CheckedItem[] {
  return listNames(formula).flatMap((name) => sheet.byName.get(readReference(name).item) ?? [])
}
