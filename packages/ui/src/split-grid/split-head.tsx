import { useText } from '../text.tsx'
import { nextOrder, type SortKey, type SplitOrder } from './split-order.ts'

export type SplitHeadProps = {
  readonly of: SortKey
  readonly title: string
  readonly order: SplitOrder | null
  readonly onOrder: (order: SplitOrder | null) => void
}

const figures: readonly SortKey[] = ['lastYear', 'basis', 'share']

/** The head of one column: a click sorts by it. */
export function SplitHead({ of, title, order, onOrder }: SplitHeadProps) {
  const text = useText()
  const sorted = order?.by === of ? order.order : null
  const next = nextOrder(order, of)
  const help = text(next === null ? 'tables.sort.cancel' : `tables.sort.${next.order}`)
  return (
    <span
      role="columnheader"
      className={figures.includes(of) ? 'gl-figure' : undefined}
      aria-sort={sorted === null ? 'none' : sorted === 'ascend' ? 'ascending' : 'descending'}
    >
      <button type="button" className="gl-split-sort" title={help} onClick={() => onOrder(next)}>
        {title}
        <span aria-hidden="true">{sorted === null ? '' : sorted === 'ascend' ? ' ↑' : ' ↓'}</span>
      </button>
    </span>
  )
}
