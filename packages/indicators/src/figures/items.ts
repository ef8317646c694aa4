import type { Formula } from './formulas.ts'

export type Nature = 'flow' | 'stock' | 'ratio'
export type Additivity = 'sum' | 'ratio' | 'distinct'

/** What rules, formulas and sums have to know of one item of a form. `position` counts from 1 in the vector of figures. */
export type CheckedItem = {
  readonly position: number
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  readonly unit: string
  /** Decimal places kept in the stored integer: 2 for money (fen) and percent, 0 for heads and things. */
  readonly scale: number
  readonly nature: Nature
  readonly additivity: Additivity
  readonly formula: Formula | null
  readonly breakdownZh: string
  readonly breakdownEn: string
}

/** How rules and formulas name an item: `new_member_count`, `new_member_count#女性`. */
export function referTo(item: { readonly code: string; readonly breakdownZh: string }): string {
  return item.breakdownZh === '' ? item.code : `${item.code}#${item.breakdownZh}`
}

/** The items of a form by the name rules use. */
export function indexItems<Item extends CheckedItem>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [referTo(item), item]))
}

/** The item as a reader knows it: 新发展会员人数（女性）. */
export function nameItem(item: CheckedItem, locale: 'zh-CN' | 'en'): string {
  if (locale === 'en') return item.breakdownEn === '' ? item.nameEn : `${item.nameEn} (${item.breakdownEn})`
  return item.breakdownZh === '' ? item.nameZh : `${item.nameZh}（${item.breakdownZh}）`
}
