import { FigureCell, formatFigure, formatPeriod, formatPeriodShort, readPeriod, useLocale, useText } from '@gonglian/ui'
import { useCallback, useMemo, useState } from 'react'
import type { Board } from './choice.ts'
import { traceRow, type CurvePoint } from './curve.ts'
import { LineChart } from './line-chart.tsx'

const series = [
  { key: 'expected', color: '#5f6b80', dashed: true },
  { key: 'actual', color: '#24569b', dashed: false },
  { key: 'forecast', color: '#6a4bb5', dashed: true },
] as const

/** Expected against actual over the year, with the forecast, of the body at the head of the board or one of those below it. */
export function ScheduleCurve({ board }: { readonly board: Board }) {
  const text = useText()
  const locale = useLocale()
  const [code, setCode] = useState(board.total.body.code)
  const all = [board.total, ...board.rows]
  const row = all.find(({ body }) => body.code === code) ?? board.total
  const points = useMemo(() => traceRow(board, row), [board, row])
  const { measure } = board.item
  const write = useCallback(
    (value: number) => formatFigure(Math.round(value), { locale, scale: measure.scale, large: 'none' }),
    [locale, measure.scale],
  )
  const lines = useMemo(
    () =>
      series
        .filter(({ key }) => points.some((point) => point[key] !== null))
        .map(({ key, color, dashed }) => ({
          name: text(`progress.curve.${key}`),
          values: points.map((point) => point[key]),
          color,
          dashed,
        })),
    [points, text],
  )
  const names = useMemo(
    () =>
      points.map(({ period }) => {
        const parts = readPeriod(period)
        return parts ? formatPeriodShort(parts, locale) : period
      }),
    [points, locale],
  )
  if (points.length === 0) return null
  return (
    <section className="panel progress-curve" aria-labelledby="progress-curve">
      <div className="progress-curve-head">
        <h2 id="progress-curve">{text('progress.curve')}</h2>
        <select
          className="gl-input"
          aria-label={text('progress.body')}
          value={row.body.code}
          onChange={(event) => setCode(event.target.value)}
        >
          {all.map(({ body }) => (
            <option key={body.code} value={body.code}>
              {body.shortName}
            </option>
          ))}
        </select>
      </div>
      <ul className="progress-legend">
        {lines.map(({ name, color, dashed }) => (
          <li key={name}>
            <svg width="24" height="8" aria-hidden="true">
              <line x1="0" y1="4" x2="24" y2="4" stroke={color} strokeWidth="2" strokeDasharray={dashed ? '5 3' : ''} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <LineChart
        label={text('progress.curve.label', { body: row.body.name })}
        names={names}
        lines={lines}
        write={write}
      />
      <details>
        <summary>{text('progress.curve.table')}</summary>
        <CurveTable points={points} scale={measure.scale} />
      </details>
    </section>
  )
}

/** The same in figures. */
function CurveTable({ points, scale }: { readonly points: readonly CurvePoint[]; readonly scale: number }) {
  const text = useText()
  const locale = useLocale()
  return (
    <table className="gl-plain-table">
      <thead>
        <tr>
          <th scope="col">{text('progress.cell.period')}</th>
          {series.map(({ key }) => (
            <th key={key} scope="col" className="gl-figure">
              {text(`progress.curve.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.period}>
            <th scope="row">{formatPeriod(point.period, locale)}</th>
            {series.map(({ key }) => (
              <td key={key} className="gl-figure">
                <FigureCell value={point[key]} scale={scale} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
