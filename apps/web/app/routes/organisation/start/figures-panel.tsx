import { FigureCell, formatPeriod, formatUnit, Light, useLocale, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useFrame } from '../../../address.ts'
import { CellPanel } from '../../progress/cell-panel.tsx'
import type { OverviewFigure } from './loaded.ts'

/** How the body stands: reported, a year ago and the difference, the target; what the records say now beside it. Each number opens its make-up. */
export function FiguresPanel({ figures }: { readonly figures: readonly OverviewFigure[] }) {
  const text = useText()
  const locale = useLocale()
  const { body } = useFrame()
  const [opened, setOpened] = useState<OverviewFigure | null>(null)
  // A superior without records of its own has no such column.
  const isKept = figures.some(({ recorded }) => recorded !== null)
  const untils = [...new Set(figures.flatMap(({ until }) => until ?? []))]
  return (
    <section className="panel overview-figures" aria-labelledby="overview-figures">
      <h2 id="overview-figures">
        {text('overview.figures')}{' '}
        {untils.map((until) => (
          <span key={until} className="gl-hint">
            {text('overview.figures.until', { period: formatPeriod(until, locale) })}
          </span>
        ))}
      </h2>
      <div className="scroll-box">
        <table className="gl-plain-table">
          <thead>
            <tr>
              <th scope="col">{text('overview.figure')}</th>
              {(['value', 'lastYear', 'difference', 'target', 'rate'] as const).map((name) => (
                <th key={name} scope="col" className="gl-figure">
                  {text(`overview.figure.${name}`)}
                </th>
              ))}
              {isKept ? (
                <th scope="col" className="gl-figure" title={text('overview.figure.recorded.text')}>
                  {text('overview.figure.recorded')}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {figures.map((figure) => {
              const { indicator, value, lastYear, difference, target, rate, light, recorded, until } = figure
              const { scale } = indicator
              const name = locale === 'en' ? indicator.nameEn : indicator.nameZh
              return (
                <tr key={indicator.code}>
                  <th scope="row">
                    {name} <span className="gl-hint">{formatUnit(indicator.unit, locale)}</span>
                  </th>
                  <td className="gl-figure">
                    {until === null || value === null ? (
                      <FigureCell value={null} />
                    ) : (
                      <button type="button" className="gl-link-button" onClick={() => setOpened(figure)}>
                        <span className="gl-hidden">{text('overview.figure.source', { name })} </span>
                        <FigureCell value={value} scale={scale} />
                      </button>
                    )}
                  </td>
                  <td className="gl-figure">
                    <FigureCell value={lastYear} scale={scale} />
                  </td>
                  <td className="gl-figure">
                    {difference === null ? (
                      <FigureCell value={null} />
                    ) : (
                      <span className="overview-difference">
                        {difference > 0 ? '+' : ''}
                        <FigureCell value={difference} scale={scale} />
                      </span>
                    )}
                  </td>
                  <td className="gl-figure">
                    <FigureCell value={target} scale={scale} />
                  </td>
                  <td className="gl-figure">
                    {rate === null ? <FigureCell value={null} /> : <FigureCell value={rate} scale={2} />}{' '}
                    {light === null ? null : <Light value={light} />}
                  </td>
                  {isKept ? (
                    <td className="gl-figure">
                      <FigureCell value={recorded} scale={scale} />
                    </td>
                  ) : null}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {opened === null || opened.until === null ? null : (
        <CellPanel
          of={opened.itemId === null ? { indicator: opened.indicator.code } : { itemId: opened.itemId }}
          period={opened.until}
          body={body}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  )
}
