import { Link } from '@remix-run/react'
import { formatFigure, formatPeriod, useLocale, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { useWords } from '../../../records/words.ts'
import type { OverviewData } from './loaded.ts'

/** What falls due, by month; what is overdue stands first. */
export function DuePanel({ due }: { readonly due: OverviewData['due'] }) {
  const text = useText()
  const words = useWords()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const write = (days: number) => (days === 0 ? '' : formatFigure(days, { locale }))
  return (
    <section className="panel" aria-labelledby="overview-due">
      <h2 id="overview-due">
        {text('overview.due')} <span className="gl-hint">{text('overview.due.until', { day: due.until })}</span>
      </h2>
      {due.lines.length === 0 ? (
        <p className="gl-hint">{text('overview.due.none')}</p>
      ) : (
        <div className="scroll-box">
          <table className="gl-plain-table">
            <thead>
              <tr>
                <th scope="col">{text('overview.due.kind')}</th>
                <th scope="col" className="gl-figure">
                  {text('overview.due.overdue')}
                </th>
                {due.months.map((month) => (
                  <th key={month} scope="col" className="gl-figure">
                    {formatPeriod(month, locale)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {due.lines.map((line) => (
                <tr key={line.key}>
                  <th scope="row">
                    <Link to={keep(line.to)}>{words(`due.${line.key}`)}</Link>
                  </th>
                  <td className="gl-figure overview-overdue">{write(line.overdue)}</td>
                  {line.months.map((days, index) => (
                    <td key={due.months[index]} className="gl-figure">
                      {write(days)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
