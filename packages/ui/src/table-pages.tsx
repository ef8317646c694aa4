import { Icon } from './icons.tsx'
import { tableSizes, type TableQuery } from './table-query.ts'
import { useText } from './text.tsx'

export type TablePagesProps = {
  readonly label: string
  readonly page: number
  readonly size: number
  readonly count: number
  readonly onChange: (next: Pick<TableQuery, 'page' | 'size'>) => void
}

/** The pages one may go to from this one: the first, the last and the neighbours; null stands for those left out. */
export function listPages(page: number, last: number): readonly (number | null)[] {
  const near = [1, page - 2, page - 1, page, page + 1, page + 2, last]
  const numbers = [...new Set(near)].filter((one) => one >= 1 && one <= last).toSorted((a, b) => a - b)
  return numbers.flatMap((one, index) => {
    const before = numbers[index - 1] ?? 0
    if (one - before === 1) return [one]
    // A gap of one page takes as much room as the page itself.
    return one - before === 2 ? [one - 1, one] : [null, one]
  })
}

/** The line below a table: to the other pages, and how many rows one has. */
export function TablePages({ label, page, size, count, onChange }: TablePagesProps) {
  const text = useText()
  const last = Math.max(1, Math.ceil(count / size))
  const go = (to: number) => onChange({ page: to, size })
  return (
    <nav className="gl-pages" aria-label={text('tables.pages', { table: label })}>
      <button
        type="button"
        aria-label={text('tables.pages.previous')}
        disabled={page === 1}
        onClick={() => go(page - 1)}
      >
        <Icon name="left" size={14} />
      </button>
      {listPages(page, last).map((one, index) =>
        one === null ? (
          <span key={`gap ${index}`} aria-hidden="true">
            …
          </span>
        ) : (
          <button
            key={one}
            type="button"
            aria-label={text('tables.pages.number', { page: one })}
            aria-current={one === page ? 'page' : undefined}
            onClick={() => go(one)}
          >
            {one}
          </button>
        ),
      )}
      <button
        type="button"
        aria-label={text('tables.pages.next')}
        disabled={page === last}
        onClick={() => go(page + 1)}
      >
        <Icon name="right" size={14} />
      </button>
      <select
        className="gl-input"
        aria-label={text('tables.pages.size')}
        value={size}
        onChange={(event) => {
          const next = Number(event.target.value)
          // The first row of this page stays in sight.
          onChange({ page: Math.floor(((page - 1) * size) / next) + 1, size: next })
        }}
      >
        {tableSizes.map((one) => (
          <option key={one} value={one}>
            {text('tables.pages.rows', { count: one })}
          </option>
        ))}
      </select>
    </nav>
  )
}
