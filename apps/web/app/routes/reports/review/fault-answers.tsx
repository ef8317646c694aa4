import { FigureCell, useText } from '@gonglian/ui'
import { readEntry } from '../entry/cells.ts'
import type { ComparedRow, Review } from './rows.ts'

/** What became of the cells that were sent back the time before: the figure changed, or what the owner says about it. */
export function FaultAnswers({ review, rows }: { readonly review: Review; readonly rows: readonly ComparedRow[] }) {
  const text = useText()
  const { answers, lastSubmitted } = review
  if (answers.length === 0 || review.report.state !== 'submitted') return null
  return (
    <section className="report-notice" aria-label={text('reports.review.answers')}>
      <p>
        <strong>{text('reports.review.answers')}</strong>
      </p>
      <ul>
        {answers.map((answer) => {
          const row = rows.find(({ position }) => position === answer.position)
          const before = lastSubmitted ? readEntry(lastSubmitted, answer.position) : null
          return (
            <li key={answer.position} className="report-answer">
              <strong>{row?.item.label}</strong>
              <span>{answer.reason}</span>
              {answer.isFigureChanged ? (
                <span>
                  <FigureCell value={before?.value} mark={before?.mark} scale={row?.item.scale ?? 0} /> →{' '}
                  <FigureCell value={row?.now.value} mark={row?.now.mark} scale={row?.item.scale ?? 0} />
                </span>
              ) : (
                <span className="gl-hint">{text('reports.review.unchanged')}</span>
              )}
              {answer.note === '' ? null : <q>{answer.note}</q>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
