import { Link } from '@remix-run/react'
import { FigureCell, formatUnit, useLocale, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import type { OverviewData } from './loaded.ts'

/** The bodies directly below beside each other, the worst first. */
export function BelowPanel({ below }: { readonly below: OverviewData['below'] }) {
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  return (
    <section className="panel" aria-labelledby="overview-below">
      <h2 id="overview-below">
        {text('overview.below')} <span className="gl-hint">{text('overview.below.order')}</span>
      </h2>
      <div className="scroll-box">
        <table className="gl-plain-table">
          <thead>
            <tr>
              <th scope="col">{text('below.body')}</th>
              <th scope="col" className="gl-figure">
                {text('overview.due.overdue')}
              </th>
              <th scope="col" className="gl-figure">
                {text('overview.below.due')}
              </th>
              {below.measures.map(({ code, nameZh, nameEn, unit }) => (
                <th key={code} scope="col" className="gl-figure">
                  {locale === 'en' ? nameEn : nameZh} <span className="gl-hint">{formatUnit(unit, locale)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {below.lines.map((line) => (
              <tr key={line.code}>
                <th scope="row">
                  <Link to={keep(`/organisation/unions?body=${line.code}`)}>{line.name}</Link>
                </th>
                <td className="gl-figure overview-overdue">{line.overdue === 0 ? '' : line.overdue}</td>
                <td className="gl-figure">{line.due === 0 ? '' : line.due}</td>
                {line.values.map((value, index) => (
                  <td key={below.measures[index]?.code} className="gl-figure">
                    <FigureCell value={value} scale={below.measures[index]?.scale ?? 0} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
