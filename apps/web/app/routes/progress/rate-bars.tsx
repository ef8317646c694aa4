import { Light, formatPercent, useLocale, useText } from '@gonglian/ui'
import type { Board } from './choice.ts'

/** The bodies below by rate, best first, with the schedule as a line: who is behind at one glance, in print too. */
export function RateBars({ board }: { readonly board: Board }) {
  const text = useText()
  const locale = useLocale()
  const rows = board.rows.filter((row) => row.rate !== null).toSorted((a, b) => (b.rate ?? 0) - (a.rate ?? 0))
  const most = Math.max(10_000, ...rows.map((row) => row.rate ?? 0))
  const line = board.item.measure.additivity === 'sum' ? board.expectedShare : 10_000
  return (
    <section className="panel progress-bars" aria-labelledby="progress-bars">
      <h2 id="progress-bars">{text('progress.compare')}</h2>
      <ol>
        {rows.map((row) => (
          <li key={row.body.id}>
            <span className="progress-bars-name gl-cut" title={row.body.name}>
              {row.body.shortName}
            </span>
            <span className="progress-bars-track">
              <span
                className={`progress-bars-fill gl-fill-${row.light ?? 'none'}`}
                style={{ width: `${((row.rate ?? 0) / most) * 100}%` }}
              />
              <span className="progress-bars-line" style={{ left: `${(line / most) * 100}%` }} />
            </span>
            <span className="gl-figure">{formatPercent(row.rate, locale)}</span>
            <Light value={row.light} compact />
          </li>
        ))}
      </ol>
    </section>
  )
}
