import { z } from 'zod'

/** What a column holds; sorting, filter, file and alignment follow from it. */
export type ColumnKind = 'text' | 'lines' | 'date' | 'number' | 'yuan' | 'choice' | 'yes'

export type Column<Value = unknown> = {
  readonly kind: ColumnKind
  /** The key of its title; where nothing is said, `<noun>.<column>`. */
  readonly title?: string
  /** The values of a choice: it can be filtered by them. */
  readonly codes?: readonly string[]
  /** The key of a code's text is `<words>.<code>`; where nothing is said, `<title>.<code>`. */
  readonly words?: string
  /** Can be sorted by. An index serves it, or the list is short. */
  readonly sortable: boolean
  /** Can be narrowed: a choice to some of its codes, a date to a span of days. */
  readonly filterable: boolean
  /** Shown and in the file; otherwise only in the row. */
  readonly shown: boolean
  /** Never set: carries the type of the value. */
  readonly holds?: Value
}

type Settings = { readonly title?: string; readonly sort?: boolean; readonly filter?: boolean }

function column<Value>(kind: ColumnKind, settings: Settings, more: Partial<Column<Value>> = {}): Column<Value> {
  return {
    kind,
    ...(settings.title === undefined ? {} : { title: settings.title }),
    sortable: settings.sort ?? false,
    filterable: settings.filter ?? false,
    shown: true,
    ...more,
  }
}

export const textColumn = (settings: Settings = {}) => column<string | null>('text', settings)
/** A long text: it wraps instead of being cut. */
export const linesColumn = (settings: Settings = {}) => column<string | null>('lines', settings)
export const dateColumn = (settings: Settings = {}) => column<string | null>('date', settings)
export const numberColumn = (settings: Settings = {}) => column<number | null>('number', settings)
/** Stored in fen, shown in yuan. */
export const yuanColumn = (settings: Settings = {}) => column<number | null>('yuan', settings)
export const yesColumn = (settings: Settings = {}) => column<boolean>('yes', settings)
export const choiceColumn = <const Codes extends readonly [string, ...string[]]>(
  codes: Codes,
  settings: Settings & { readonly words?: string } = {},
) =>
  column<Codes[number] | null>('choice', settings, {
    codes,
    ...(settings.words === undefined ? {} : { words: settings.words }),
  })
/** What the page needs of a row (a number to link to) and the reader doesn't see. */
export const hiddenColumn = <Value>() => column<Value>('text', {}, { shown: false })

export type Columns = Readonly<Record<string, Column>>
export type RowOf<V extends View> = { readonly id: number } & {
  readonly [Name in keyof V['columns']]: V['columns'][Name] extends Column<infer Value> ? Value : never
}

/** A column whose values are counted above the table; a press leaves the rows of one value. */
export type Facet = { readonly column: string; readonly text: string }

/** What a list shows, for the browser and the server. */
export type View<C extends Columns = Columns, G extends z.ZodRawShape = z.ZodRawShape> = {
  /** The procedure that reads it, `visits.listVisits`. */
  readonly path: string
  /** The beginning of its texts' keys, and the name of its state in the address. */
  readonly noun: string
  readonly columns: C
  /** What the page gives without asking: whose rows. */
  readonly given: G
  readonly searchable: boolean
  /** Of this body and all below it: the list can be narrowed to a body. */
  readonly byBody: boolean
  /** `-name` for descending. */
  readonly firstSort: string
  readonly facet?: Facet
  readonly input: z.ZodType<ListInput & z.output<z.ZodObject<G>>, RawListInput & z.input<z.ZodObject<G>>>
}

export type ListInput = {
  readonly search: string
  readonly body?: string | undefined
  readonly filters: Readonly<Record<string, readonly string[] | undefined>>
  readonly facet?: string | undefined
  readonly sort: string
  readonly page: number
  readonly pageSize: number
}
export type RawListInput = { readonly [Name in keyof ListInput]?: ListInput[Name] | undefined }

/** No list gives more rows at once. */
export const largestPage = 200
/** A span of days as the address holds it: `2026-01-01..2026-01-31`, either end may be missing. */
const span = z.string().regex(/^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/)

/** Declares what a list shows. */
export function defineView<const C extends Columns, const G extends z.ZodRawShape = Record<never, never>>(declared: {
  readonly path: string
  readonly noun: string
  readonly columns: C
  readonly given?: G
  readonly searchable?: boolean
  readonly byBody?: boolean
  readonly firstSort: string
  readonly facet?: Facet & { readonly column: keyof C & string }
}): View<C, G>
export function defineView(declared: {
  readonly path: string
  readonly noun: string
  readonly columns: Columns
  readonly given?: z.ZodRawShape
  readonly searchable?: boolean
  readonly byBody?: boolean
  readonly firstSort: string
  readonly facet?: Facet
}): View {
  const { columns, given = {}, searchable = false, byBody = true } = declared
  const filters: Record<string, z.ZodType<string[] | undefined, string[] | undefined>> = {}
  for (const [name, { kind, codes = [], filterable }] of Object.entries(columns)) {
    if (filterable && kind === 'choice') filters[name] = z.array(z.enum(codes)).max(codes.length).optional()
    if (filterable && kind === 'date') filters[name] = z.array(span).max(1).optional()
  }
  const sorts = Object.entries(columns).flatMap(([name, { sortable }]) => (sortable ? [name, `-${name}`] : []))
  const input = z.object({
    ...given,
    search: (searchable ? z.string().trim().max(80) : z.literal('')).default(''),
    body: byBody ? z.string().max(12).optional() : z.undefined().optional(),
    filters: z.strictObject(filters).default({}),
    facet: declared.facet === undefined ? z.undefined().optional() : z.string().max(120).optional(),
    sort: z.enum([declared.firstSort, ...sorts]).default(declared.firstSort),
    page: z.int().min(1).max(100_000).default(1),
    pageSize: z.int().min(1).max(largestPage).default(50),
  })
  return { ...declared, given, searchable, byBody, input }
}

/** The key of a column's title. */
export function titleOf(view: Pick<View, 'noun'>, name: string, { title }: Pick<Column, 'title'>): string {
  return title ?? `${view.noun}.${name}`
}

/** The columns that the reader sees, in their order. */
export function listShown(view: View): (readonly [name: string, column: Column])[] {
  return Object.entries(view.columns).filter(([, { shown }]) => shown)
}

/**
 * What the address of a page or of a file asks of a list; what the list doesn't know is left out, as an old bookmark may hold it.
 * The state of the table stands under the list's noun: `visits.search=`, `visits.sort=-visitedOn`, `visits.is.purpose=survey`.
 */
export function readListAddress(view: View, params: URLSearchParams): RawListInput {
  const get = (name: string) => params.get(`${view.noun}.${name}`)
  const known = { sort: get('sort') ?? '', search: (get('search') ?? '').trim().slice(0, 80) }
  const filters: Record<string, string[]> = {}
  for (const [name, { kind, codes = [], filterable }] of Object.entries(view.columns)) {
    if (!filterable) continue
    const wanted = params.getAll(`${view.noun}.is.${name}`)
    const valid = kind === 'date' ? wanted.filter((one) => span.safeParse(one).success).slice(0, 1) : codes.filter((code) => wanted.includes(code))
    if (valid.length > 0) filters[name] = [...valid]
  }
  const body = params.get('body')
  const facet = get('facet')
  const count = (name: string, most: number) => {
    const number = Number(get(name))
    return Number.isInteger(number) && number >= 1 && number <= most ? number : undefined
  }
  const [page, pageSize] = [count('page', 100_000), count('size', largestPage)]
  const isSort = Object.entries(view.columns).some(([name, one]) => one.sortable && known.sort.replace(/^-/, '') === name)
  return {
    ...(view.searchable ? { search: known.search } : {}),
    ...(view.byBody && body !== null && body !== '' ? { body: body.slice(0, 12) } : {}),
    filters,
    ...(view.facet !== undefined && facet !== null ? { facet: facet.slice(0, 120) } : {}),
    ...(isSort ? { sort: known.sort } : {}),
    ...(page === undefined ? {} : { page }),
    ...(pageSize === undefined ? {} : { pageSize }),
  }
}
