import type { Permission } from '@gonglian/tenancy/permissions'
import { z } from 'zod'
import type { Column } from './columns.ts'

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
  readonly permission: Permission
  readonly columns: C
  /** What the page gives without asking: whose rows. */
  readonly given: G
  readonly searchable: boolean
  /** Of this body and all below it: the list can be narrowed to a body. */
  readonly byBody: boolean
  /** `-name` for descending. */
  readonly firstSort: string
  readonly facet?: Facet
  /** The column of days by which the list shows one year; before anybody chose, this year. */
  readonly year?: string
  readonly input: z.ZodType<
    ListInput & Given<G, z.output<z.ZodObject<G>>>,
    RawListInput & Given<G, z.input<z.ZodObject<G>>>
  >
}

/** An object of nothing would forbid everything else. */
type Given<G, Values> = keyof G extends never ? unknown : Values

export type ListInput = {
  readonly search: string
  readonly body?: string | undefined
  readonly filters: Readonly<Record<string, readonly string[] | undefined>>
  readonly facet?: string | undefined
  readonly year?: number | undefined
  readonly sort: string
  readonly page: number
  readonly pageSize: number
}
export type RawListInput = { readonly [Name in keyof ListInput]?: ListInput[Name] | undefined }

/** No list gives more rows at once. */
export const largestPage = 200
const lastPage = 100_000
const longestSearch = 80
const longestBody = 12
const longestFacet = 120
/** The years that a list of one year can show. */
export const firstYear = 2000
export const lastYear = 2099
/** A span of days as the address holds it: `2026-01-01..2026-01-31`, either end may be missing. */
const span = z.string().regex(/^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/)

/** Declares what a list shows. */
export function defineView<const C extends Columns, const G extends z.ZodRawShape = Record<never, never>>(declared: {
  readonly path: string
  readonly noun: string
  readonly permission: Permission
  readonly columns: C
  readonly given?: G
  readonly searchable?: boolean
  readonly byBody?: boolean
  readonly firstSort: string
  readonly facet?: Facet & { readonly column: keyof C & string }
  readonly year?: keyof C & string
}): View<C, G>
export function defineView(declared: {
  readonly path: string
  readonly noun: string
  readonly permission: Permission
  readonly columns: Columns
  readonly given?: z.ZodRawShape
  readonly searchable?: boolean
  readonly byBody?: boolean
  readonly firstSort: string
  readonly facet?: Facet
  readonly year?: string
}): View {
  const { columns, given = {}, searchable = false, byBody = true } = declared
  const filters: Record<string, z.ZodType<string[] | undefined, string[] | undefined>> = {}
  for (const [name, { kind, codes = [], filterable }] of Object.entries(columns)) {
    if (filterable && codes.length > 0) filters[name] = z.array(z.enum(codes)).max(codes.length).optional()
    if (filterable && kind === 'date') filters[name] = z.array(span).max(1).optional()
  }
  const sorts = Object.entries(columns).flatMap(([name, { sortable }]) => (sortable ? [name, `-${name}`] : []))
  const input = z.object({
    ...given,
    search: (searchable ? z.string().trim().max(longestSearch) : z.literal('')).default(''),
    body: byBody ? z.string().max(longestBody).optional() : z.undefined().optional(),
    filters: z.strictObject(filters).default({}),
    facet: declared.facet === undefined ? z.undefined().optional() : z.string().max(longestFacet).optional(),
    year: declared.year === undefined ? z.undefined().optional() : z.int().min(firstYear).max(lastYear).optional(),
    sort: z.enum([declared.firstSort, ...sorts]).default(declared.firstSort),
    page: z.int().min(1).max(lastPage).default(1),
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
 * The state of the table stands under the list's noun: `visits.search=`, `visits.sort=-visitedOn`, `visits.is.purpose=survey`. Body and year are
 * those of the whole page.
 */
export function readListAddress(view: View, params: URLSearchParams): RawListInput {
  const get = (name: string) => params.get(`${view.noun}.${name}`)
  const known = { sort: get('sort') ?? '', search: (get('search') ?? '').trim().slice(0, longestSearch) }
  const filters: Record<string, string[]> = {}
  for (const [name, { kind, codes = [], filterable }] of Object.entries(view.columns)) {
    if (!filterable) continue
    const wanted = params.getAll(`${view.noun}.is.${name}`)
    const valid =
      kind === 'date'
        ? wanted.filter((one) => span.safeParse(one).success).slice(0, 1)
        : codes.filter((code) => wanted.includes(code))
    if (valid.length > 0) filters[name] = [...valid]
  }
  const body = params.get('body')
  const facet = get('facet')
  const count = (name: string, most: number) => {
    const number = Number(get(name))
    return Number.isInteger(number) && number >= 1 && number <= most ? number : undefined
  }
  const [page, pageSize] = [count('page', lastPage), count('size', largestPage)]
  const year = Number(params.get('year'))
  const isSort = Object.entries(view.columns).some(
    ([name, one]) => one.sortable && known.sort.replace(/^-/, '') === name,
  )
  return {
    ...(view.searchable ? { search: known.search } : {}),
    ...(view.byBody && body !== null && body !== '' ? { body: body.slice(0, longestBody) } : {}),
    filters,
    ...(view.facet !== undefined && facet !== null ? { facet: facet.slice(0, longestFacet) } : {}),
    ...(view.year !== undefined && Number.isInteger(year) && year >= firstYear && year <= lastYear ? { year } : {}),
    ...(isSort ? { sort: known.sort } : {}),
    ...(page === undefined ? {} : { page }),
    ...(pageSize === undefined ? {} : { pageSize }),
  }
}
