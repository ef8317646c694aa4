/** What a table shows, as the address holds it. */
export type TableQuery = {
  readonly search: string
  readonly sort: string | null
  readonly order: 'ascend' | 'descend'
  readonly page: number
  readonly size: number
  /** Chosen values by column; a column without a filter is absent. */
  readonly filters: Readonly<Record<string, readonly string[]>>
}

export const tableSizes = [20, 50, 100, 200] as const
export const emptyTableQuery: TableQuery = { search: '', sort: null, order: 'ascend', page: 1, size: 50, filters: {} }

function readCount(text: string | null, fallback: number): number {
  const count = Number(text)
  return Number.isInteger(count) && count >= 1 && count <= 100_000 ? count : fallback
}

/**
 * Reads a table's state from the address. `id` is the table's prefix, so that two tables on a page don't mix:
 * `?reports.search=…&reports.sort=-due&reports.page=2&reports.is.state=returned`.
 */
export function readTableQuery(params: URLSearchParams, id: string): TableQuery {
  const filters: Record<string, string[]> = {}
  for (const [name, value] of params) {
    const prefix = `${id}.is.`
    if (name.startsWith(prefix)) (filters[name.slice(prefix.length)] ??= []).push(value)
  }
  const sort = params.get(`${id}.sort`) ?? ''
  const size = readCount(params.get(`${id}.size`), emptyTableQuery.size)
  return {
    search: (params.get(`${id}.search`) ?? '').slice(0, 100),
    sort: sort.replace(/^-/, '') || null,
    order: sort.startsWith('-') ? 'descend' : 'ascend',
    page: readCount(params.get(`${id}.page`), 1),
    size: tableSizes.some((known) => known === size) ? size : emptyTableQuery.size,
    filters,
  }
}

/** The address with this table's state in it; what is as at first is left out. Other parameters stay. */
export function writeTableQuery(params: URLSearchParams, id: string, query: TableQuery): URLSearchParams {
  const next = new URLSearchParams()
  for (const [name, value] of params) if (!name.startsWith(`${id}.`)) next.append(name, value)
  if (query.search !== '') next.set(`${id}.search`, query.search)
  if (query.sort !== null) next.set(`${id}.sort`, `${query.order === 'descend' ? '-' : ''}${query.sort}`)
  if (query.page !== 1) next.set(`${id}.page`, String(query.page))
  if (query.size !== emptyTableQuery.size) next.set(`${id}.size`, String(query.size))
  for (const [column, values] of Object.entries(query.filters)) {
    for (const value of values) next.append(`${id}.is.${column}`, value)
  }
  return next
}
