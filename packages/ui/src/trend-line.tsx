import { formatFigure, type Figure, type FigureFormat } from './figures.ts'
import { useLocale, useText } from './text.tsx'

export type TrendLineProps = {
  /** Oldest first; a missing period is a gap, never a zero. */
  readonly values: readonly Figure[]
  readonly format?: Omit<FigureFormat, 'locale'>
  readonly width?: number
  readonly height?: number
}

/** The course of up to 12 periods in the height of a table row. */
export function TrendLine({ values, format = {}, width = 96, height = 24 }: TrendLineProps) {
  const locale = useLocale()
  const text = useText()
  const numbers = values.map((value) => (value === null || value === undefined ? null : Number(value)))
  const known = numbers.filter((value) => value !== null)
  if (known.length === 0)
    return (
      <span className="gl-figure-missing" title={text('figures.trend.none')}>
        —
      </span>
    )
  const low = Math.min(...known)
  const high = Math.max(...known)
  const padding = 3
  const place = (value: number, index: number) => ({
    x: padding + (index * (width - 2 * padding)) / Math.max(1, numbers.length - 1),
    y: high === low ? height / 2 : height - padding - ((value - low) * (height - 2 * padding)) / (high - low),
  })
  const points = numbers.map((value, index) => (value === null ? null : place(value, index)))
  const last = points.findLast((point) => point !== null)
  const label = text('figures.trend', {
    count: values.length,
    first: formatFigure(
      values.find((value) => value !== null),
      { ...format, locale },
    ),
    last: formatFigure(
      values.findLast((value) => value !== null),
      { ...format, locale },
    ),
  })
  return (
    <svg
      className="gl-trend"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <path d={drawLine(points)} />
      {last ? <circle cx={last.x} cy={last.y} r={2.2} /> : null}
    </svg>
  )
}

type Point = { readonly x: number; readonly y: number }

function drawLine(points: readonly (Point | null)[]): string {
  let pen = false
  let path = ''
  for (const point of points) {
    if (point) path += `${pen ? 'L' : 'M'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`
    pen = point !== null
  }
  return path
}
