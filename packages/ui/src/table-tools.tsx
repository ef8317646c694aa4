import { useEffect, useState, type ReactNode } from 'react'
import { Icon } from './icons.tsx'
import type { TableQuery } from './table-query.ts'
import { useText } from './text.tsx'

export type TableToolsProps = {
  readonly query: TableQuery
  readonly onQuery: (query: TableQuery) => void
  readonly exports?: { readonly xlsx?: string; readonly csv?: string }
  readonly tools?: ReactNode
  readonly hideSearch?: boolean
  /** Rows left by the filters, and rows in all. */
  readonly count: number
  readonly all: number
  readonly narrowed: boolean
}

const pauseMs = 250

/** The line above a table: search, how many, what the page adds, export. */
export function TableTools(props: TableToolsProps) {
  const { query, exports, tools, count, all, narrowed, hideSearch = false } = props
  const text = useText()
  return (
    <div className="gl-table-tools">
      {hideSearch ? null : <TableSearch {...props} />}
      <span className="gl-hint" role="status">
        {narrowed && all !== count ? text('tables.filtered', { count, total: all }) : text('tables.total', { count })}
      </span>
      {narrowed ? (
        <button
          type="button"
          className="gl-link-button"
          onClick={() => props.onQuery({ ...query, search: '', filters: {}, page: 1 })}
        >
          {text('tables.clear')}
        </button>
      ) : null}
      <span className="gl-table-right">
        {tools}
        <FileLinks {...exports} />
      </span>
    </div>
  )
}

/**
 * The files of a list, as Excel and WPS open them. Links without `download`: the answer says itself that it is a file, and where a fresh proof is
 * needed first, the browser goes to the page that asks for it instead of keeping that page as the file.
 */
export function FileLinks({ xlsx, csv }: { readonly xlsx?: string; readonly csv?: string }) {
  const text = useText()
  return (
    <>
      {xlsx === undefined ? null : (
        <a className="gl-button" href={xlsx}>
          <Icon name="download" size={15} />
          {text('tables.export.xlsx')}
        </a>
      )}
      {csv === undefined ? null : (
        <a className="gl-button" href={csv}>
          {text('tables.export.csv')}
        </a>
      )}
    </>
  )
}

function TableSearch({ query, onQuery }: TableToolsProps) {
  const text = useText()
  const [typed, setTyped] = useState(query.search)
  useEffect(() => setTyped(query.search), [query.search])
  useEffect(() => {
    if (typed === query.search) return
    const timer = setTimeout(() => onQuery({ ...query, search: typed, page: 1 }), pauseMs)
    return () => clearTimeout(timer)
    // Only typing starts the clock; `query` is read as it is when typing pauses.
  }, [typed])
  return (
    <input
      type="search"
      className="gl-input gl-table-search"
      aria-label={text('tables.search')}
      placeholder={text('tables.search')}
      maxLength={100}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}
