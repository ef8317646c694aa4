import { formatFigure, formatPercent, useLocale, useText } from '@gonglian/ui'
import { useAddress } from '../../../address.ts'
import type { Rates } from './employer.ts'
import type { ListVersion } from './versions.ts'
import { useSourceName } from './versions.ts'

export type RatePanelProps = {
  readonly versions: readonly ListVersion[]
  readonly chosen: ListVersion | null
  readonly rates: Rates | null
}

/** The rate of unionisation of one named version of a list: without its version it says nothing (M202). */
export function RatePanel({ versions, chosen, rates }: RatePanelProps) {
  const text = useText()
  const locale = useLocale()
  const sourceName = useSourceName()
  const { change } = useAddress()
  const below = (rates?.below ?? []).filter(({ listed }) => listed > 0)
  return (
    <section className="panel">
      <h2>{text('rates.title')}</h2>
      {chosen === null || rates === null ? (
        <p className="gl-hint">{text('rates.none')}</p>
      ) : (
        <>
          <label>
            {text('rates.version')}{' '}
            <select
              className="gl-input"
              value={`${chosen.source}:${chosen.listVersion}`}
              onChange={(event) => change({ list: event.target.value })}
            >
              {versions.map((one) => (
                <option key={`${one.source}:${one.listVersion}`} value={`${one.source}:${one.listVersion}`}>
                  {sourceName(one.source)} {one.listVersion}
                </option>
              ))}
            </select>
          </label>
          <p className="rate-own">
            <strong>{rates.own.rate === null ? '—' : formatPercent(rates.own.rate, locale)}</strong>{' '}
            <span className="gl-hint">
              {text('rates.of', {
                unionised: formatFigure(rates.own.unionised, { locale }),
                listed: formatFigure(rates.own.listed, { locale }),
              })}
            </span>
          </p>
          {below.length === 0 ? null : (
            <div className="scroll-box">
              <table className="gl-plain-table">
                <thead>
                  <tr>
                    <th scope="col">{text('rates.rank')}</th>
                    <th scope="col">{text('unions.body')}</th>
                    <th scope="col" className="gl-figure">
                      {text('gap.unionised')}
                    </th>
                    <th scope="col" className="gl-figure">
                      {text('rates.listed')}
                    </th>
                    <th scope="col" className="gl-figure">
                      {text('gap.rate')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {below.map((line) => (
                    <tr key={line.code}>
                      <td>{line.rank ?? '—'}</td>
                      <th scope="row">{line.name}</th>
                      <td className="gl-figure">{formatFigure(line.unionised, { locale })}</td>
                      <td className="gl-figure">{formatFigure(line.listed, { locale })}</td>
                      <td className="gl-figure">{line.rate === null ? '—' : formatPercent(line.rate, locale)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
    </section>
  )
}
