/** What a column holds; sorting, filter, file and alignment follow from it. */
export type ColumnKind = 'text' | 'lines' | 'date' | 'moment' | 'number' | 'yuan' | 'choice' | 'yes' | 'several'

export type Column<Value = unknown> = {
  readonly kind: ColumnKind
  /** The key of its title; where nothing is said, `<noun>.<column>`. */
  readonly title?: string
  /** The values of a choice or of each of several: it can be filtered by them. */
  readonly codes?: readonly string[]
  /** The key of a code's text is `<words>.<code>`; where nothing is said, `<title>.<code>`. */
  readonly words?: string
  /** Can be sorted by. An index serves it, or the list is short. */
  readonly sortable: boolean
  /** Can be narrowed: a choice to some of its codes, several to those that hold one of some codes, a date to a span of days. */
  readonly filterable: boolean
  /** The codes that a list is narrowed to until the reader chooses others; none chosen at all: these again. */
  readonly chosen?: readonly string[]
  /** Shown and in the file; otherwise only in the row. */
  readonly shown: boolean
  /** In the file and the print, but not in the table of the page, which says it in another cell. */
  readonly fileOnly: boolean
  /** Never set: carries the type of the value. */
  readonly holds?: Value
}

type Settings = {
  readonly title?: string
  readonly sort?: boolean
  readonly filter?: boolean
  readonly fileOnly?: boolean
}

function make<Value>(kind: ColumnKind, settings: Settings, more: Partial<Column<Value>> = {}): Column<Value> {
  return {
    kind,
    ...(settings.title === undefined ? {} : { title: settings.title }),
    sortable: settings.sort ?? false,
    filterable: settings.filter ?? false,
    shown: true,
    fileOnly: settings.fileOnly ?? false,
    ...more,
  }
}

export const text = (settings: Settings = {}) => make<string | null>('text', settings)
/** A long text: it wraps instead of being cut. */
export const lines = (settings: Settings = {}) => make<string | null>('lines', settings)
export const date = (settings: Settings = {}) => make<string | null>('date', settings)
/** A moment, shown in the time of China. */
export const moment = (settings: Settings = {}) => make<Date | null>('moment', settings)
export const number = (settings: Settings = {}) => make<number | null>('number', settings)
/** Stored in fen, shown in yuan. */
export const yuan = (settings: Settings = {}) => make<number | null>('yuan', settings)
export const yes = (settings: Settings = {}) => make<boolean>('yes', settings)
export const choice = <const Codes extends readonly [string, ...string[]]>(
  codes: Codes,
  {
    filter,
    ...settings
  }: Omit<Settings, 'filter'> & {
    readonly words?: string
    /** Codes: these are chosen at first. */
    readonly filter?: boolean | readonly Codes[number][]
  } = {},
) =>
  make<Codes[number] | null>('choice', settings, {
    codes,
    filterable: filter !== undefined && filter !== false,
    ...(Array.isArray(filter) ? { chosen: filter } : {}),
    ...(settings.words === undefined ? {} : { words: settings.words }),
  })
/** Several texts, or several codes of a list. */
export const several = <const Codes extends readonly string[] = readonly string[]>(
  settings: Settings & { readonly codes?: Codes; readonly words?: string } = {},
) =>
  make<readonly Codes[number][]>('several', settings, {
    ...(settings.codes === undefined ? {} : { codes: settings.codes }),
    ...(settings.words === undefined ? {} : { words: settings.words }),
  })
/** What the page needs of a row (a number to link to) and the reader doesn't see. */
export const hidden = <Value>() => make<Value>('text', {}, { shown: false })
