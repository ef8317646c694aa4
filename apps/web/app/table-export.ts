import { readTableQuery, selectRows, type RowReader, type TableQuery } from '@gonglian/ui'

/** The rows of a table that the browser searches and sorts, as its state in the address leaves them: for its export. */
export function selectTableRows<Row>(
  rows: readonly Row[],
  readers: readonly RowReader<Row>[],
  params: URLSearchParams,
  id: string,
): readonly Row[] {
  return selectRows(rows, readers, readTableQuery(params, id))
}

/**
 * The addresses of a table's files, from that of its `export.csv`: with the page's own search, so that the files hold what the table
 * shows.
 */
export function exportsOf(csv: string, params?: URLSearchParams): { readonly csv: string; readonly xlsx: string } {
  const search = params?.toString() ?? ''
  const full = search === '' ? csv : `${csv}?${search}`
  return { csv: full, xlsx: full.replace('/export.csv', '/export.xlsx') }
}

/** A sort of the API's own kind: `-name` for descending; null where the table is not sorted by one of them. */
export function readSort<Known extends string>(query: TableQuery, known: readonly Known[]): Known | undefined {
  const wanted = `${query.order === 'descend' ? '-' : ''}${query.sort ?? ''}`
  return known.find((name) => name === wanted)
}

/** The values a column is filtered by, of those that exist. */
export function readFilters<Known extends string>(query: TableQuery, column: string, known: readonly Known[]): Known[] {
  const wanted = query.filters[column] ?? []
  return known.filter((name) => wanted.includes(name))
}
