import { EmptyState, useText } from '@gonglian/ui'
import { ComparedItem } from './compared-item.tsx'
import { findBasis, isShown, type ComparedRow, type Review, type Shown } from './rows.ts'

type Props = {
  readonly rows: readonly ComparedRow[]
  readonly review: Review
  readonly shown: Shown
  readonly onShow: (shown: Shown) => void
  readonly faults: ReadonlyMap<number, string>
  /** Null: nothing is decided about here. `null` as reason takes a mark away. */
  readonly onMark: ((position: number, reason: string | null) => void) | null
}

const choices = ['all', 'changed', 'problems'] as const

/** The report as a table: past figures, the basis of comparison, the present one, by how much it moved, what the rules say. */
export function Comparison({ rows, review, shown, onShow, faults, onMark }: Props) {
  const text = useText()
  const basis = findBasis(review)
  const counts: Record<Shown, number> = {
    all: rows.length,
    changed: rows.filter((row) => isShown(row, 'changed')).length,
    problems: rows.filter((row) => isShown(row, 'problems')).length,
  }
  const left = rows.filter((row) => isShown(row, shown) || faults.has(row.position))
  return (
    <section className="report-compared" aria-label={text('reports.review.figures')}>
      <div className="report-tabs" role="group" aria-label={text('reports.review.show')}>
        {choices
          .filter((choice) => choice !== 'changed' || basis !== null)
          .map((choice) => (
            <button
              type="button"
              key={choice}
              aria-current={choice === shown ? 'true' : undefined}
              onClick={() => onShow(choice)}
            >
              {text(`reports.review.show.${choice}`)}
              <span className="report-count">{counts[choice]}</span>
            </button>
          ))}
      </div>
      {left.length === 0 ? (
        <EmptyState title={text('reports.review.nothing')} />
      ) : (
        <div className="report-scroll">
          <table className="report-table">
            <thead>
              <tr>
                <th scope="col">{text('entry.item')}</th>
                <th scope="col">{text('entry.unit')}</th>
                <th scope="col" className="gl-figure">
                  {text('entry.lastYear')}
                </th>
                <th scope="col" className="gl-figure">
                  {text('entry.lastPeriod')}
                </th>
                {basis === null ? null : (
                  <th scope="col" className="gl-figure">
                    {text(`reports.review.basis.${basis}`)}
                  </th>
                )}
                <th scope="col" className="gl-figure">
                  {text('reports.changes.now')}
                </th>
                <th scope="col" className="gl-figure">
                  {text('reports.review.moved')}
                </th>
                <th scope="col">{text('reports.review.said')}</th>
                {onMark ? <th scope="col">{text('reports.review.mark')}</th> : null}
              </tr>
            </thead>
            <tbody>
              {left.map((row) => (
                <ComparedItem
                  key={row.position}
                  row={row}
                  hasBasis={basis !== null}
                  withSection={shown === 'all'}
                  reason={faults.get(row.position) ?? null}
                  onMark={onMark}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
