import type { TableQuery } from './table-query.ts'

export type SortValue = string | number | bigint | null | undefined

export type RowReader<Row> = {
  readonly key: string
  readonly value?: (row: Row) => SortValue
}

const chinese = new Intl.Collator('zh-CN', { numeric: true })

/** Missing values stand last whichever way one sorts. Exported for tables that sort elsewhere. */
export function compareValues(a: SortValue, b: SortValue, order: TableQuery['order']): number {
  const aMissing = a === null || a === undefined
  const bMissing = b === null || b === undefined
  if (aMissing || bMissing) return Number(aMissing) - Number(bMissing)
  const ascending =
    typeof a === 'string' || typeof b === 'string' ? chinese.compare(String(a), String(b)) : a < b ? -1 : a > b ? 1 : 0
  return order === 'ascend' ? ascending : -ascending
}

/** The rows a query leaves, in its order, before paging. */
export function selectRows<Row>(
  rows: readonly Row[],
  columns: readonly RowReader<Row>[],
  query: TableQuery,
): readonly Row[] {
  const needle = query.search.normalize('NFKC').trim().toLowerCase()
  const readers = new Map(columns.flatMap(({ key, value }) => (value ? [[key, value] as const] : [])))
  const filters = Object.entries(query.filters).filter(([key]) => readers.has(key))
  const left = rows.filter(
    (row) =>
      filters.every(([key, wanted]) => wanted.includes(String(readers.get(key)?.(row) ?? ''))) &&
      (needle === '' ||
        [...readers.values()].some((read) =>
          String(read(row) ?? '')
            .normalize('NFKC')
            .toLowerCase()
            .includes(needle),
        )),
  )
  const read = query.sort === null ? undefined : readers.get(query.sort)
  return read ? [...left].sort((a, b) => compareValues(read(a), read(b), query.order)) : left
}
