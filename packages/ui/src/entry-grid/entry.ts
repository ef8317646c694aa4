import type { StoredFigure } from '../figure-hand.tsx'

/** One item of a form, as the grid shows it. */
export type EntryItem = {
  readonly key: string
  readonly label: string
  /** As the catalogue writes it: 人, 元, %. */
  readonly unit: string
  /** Decimal digits of the stored integer: 0 counts, 2 percent and money. */
  readonly scale: number
  /** Heading above this item and those that follow. */
  readonly section?: string
  /** 1 for 其中 beneath its item. */
  readonly depth?: number
  readonly lastPeriod: StoredFigure | null
  readonly lastYear: StoredFigure | null
  /** What the records give; absent when nothing feeds this item. */
  readonly derived?: StoredFigure
  /** A ratio, worked out from what is typed. */
  readonly worked?: StoredFigure
  readonly derivedHref?: string
  readonly definition?: string
  /** False for items computed from others. */
  readonly editable: boolean
}

export type EntryValue = StoredFigure & { readonly note: string }

export type EntryValues = Readonly<Record<string, EntryValue>>

export type EntryProblem = {
  readonly key: string
  /** `faulty`: the superior returned this cell. */
  readonly level: 'error' | 'warning' | 'faulty'
  readonly text: string
}

export const emptyEntry: EntryValue = { value: null, mark: 0, note: '' }

export type EntryColumn = 'declared' | 'note'

export type EntryChange = { readonly key: string; readonly column: EntryColumn; readonly text: string }
