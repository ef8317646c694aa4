import { listShown, titleOf, wordOf, type Column, type View } from '@gonglian/records/declared'
import { formatDate, formatDateTime } from '@gonglian/ui'
import type { Words } from './words.ts'

export type Cell = string | number | null
/** A row as the API gives it: what the view's columns hold, by their names. */
export type ListRow = Readonly<Record<string, unknown>>
export type ListColumn = {
  readonly key: string
  readonly title: string
  readonly column: Column
  /** As the reader sees it and as it stands in the file. */
  readonly value: (row: ListRow) => Cell
}

/** The columns of a list that the reader sees, for its table, its files and its print. */
export function listColumns(view: View, words: Words): ListColumn[] {
  return listShown(view).map(([key, column]) => {
    const title = titleOf(view, key, column)
    return { key, title: words(title), column, value: (row) => readCell(column, row[key], title, words) }
  })
}

/** What a file or a print of a list is called: one of a year says which. */
export function nameList(
  view: View,
  question: { readonly year?: number | undefined },
  now: Date,
  words: Words,
): string {
  const title = words(`${view.noun}.title`)
  return view.year === undefined ? title : `${title} ${question.year ?? formatDate(now).slice(0, 4)}`
}

/** The values a column is filtered by, with their texts. */
export function listFilters(view: View, name: string, column: Column, words: Words) {
  const title = titleOf(view, name, column)
  return (column.codes ?? []).map((code) => ({ value: code, label: words(wordOf(title, column, code)) }))
}

function readCell(column: Column, value: unknown, title: string, words: Words): Cell {
  const sayCode = (text: string) => (column.codes === undefined ? text : words(wordOf(title, column, text)))
  if (column.kind === 'yes') return words(value === true ? 'records.yes' : 'records.no')
  if (value === null || value === undefined || value === '') return null
  if (column.kind === 'moment') return formatDateTime(value instanceof Date ? value : String(value))
  if (Array.isArray(value)) return value.map((one) => sayCode(String(one))).join(words('records.and')) || null
  if (typeof value === 'number') return column.kind === 'yuan' ? value / 100 : value
  return sayCode(String(value))
}
