import { useEffect, useRef, useState, type PointerEvent } from 'react'
import { listTicks } from './ticks.ts'

export type ChartLine = {
  readonly name: string
  readonly values: readonly (number | null)[]
  readonly color: string
  readonly dashed: boolean
}

export type LineChartProps = {
  /** Said to who does not see it; the figures stand in a table beside. */
  readonly label: string
  readonly names: readonly string[]
  readonly lines: readonly ChartLine[]
  readonly write: (value: number) => string
}

const height = 260
const top = 12
const bottom = 28
const right = 16
/** About what a digit and a Chinese character of 12 px take. */
const digit = 7
const character = 13

/** Lines over the periods of a year. A missing value is a gap. The pointer shows the figures of the period it is over. */
export function LineChart({ label, names, lines, write }: LineChartProps) {
  const [box, width] = useWidth()
  const [at, setAt] = useState<number | null>(null)
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null))
  const ticks = listTicks(Math.min(0, ...known), Math.max(0, ...known))
  const low = ticks[0] ?? 0
  const high = ticks[ticks.length - 1] ?? 1
  const left = Math.max(...ticks.map((tick) => write(tick).length)) * digit + 12
  const band = (width - left - right) / names.length
  const toX = (index: number) => left + (index + 0.5) * band
  const toY = (value: number) => height - bottom - ((value - low) / (high - low)) * (height - top - bottom)
  const longest = Math.max(...names.map((name) => name.length)) * character + 8
  const every = Math.max(1, Math.ceil(longest / band))

  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const index = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - left) / band)
    setAt(index >= 0 && index < names.length ? index : null)
  }
  return (
    <div ref={box} className="progress-chart">
      <svg
        role="img"
        aria-label={label}
        width="100%"
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        onPointerMove={follow}
        onPointerLeave={() => setAt(null)}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="progress-chart-grid" x1={left} x2={width - right} y1={toY(tick)} y2={toY(tick)} />
            <text x={left - 8} y={toY(tick) + 4} textAnchor="end">
              {write(tick)}
            </text>
          </g>
        ))}
        {names.map((name, index) =>
          index % every === 0 ? (
            <text key={name} x={toX(index)} y={height - 8} textAnchor="middle">
              {name}
            </text>
          ) : null,
        )}
        {at === null ? null : (
          <line className="progress-chart-at" x1={toX(at)} x2={toX(at)} y1={top} y2={height - bottom} />
        )}
        {lines.map((line) => (
          <g key={line.name} stroke={line.color}>
            <path d={drawPath(line.values, toX, toY)} strokeDasharray={line.dashed ? '5 3' : undefined} />
            {line.values.map((value, index) =>
              value === null || (line.dashed && index !== at) ? null : (
                <circle key={names[index]} cx={toX(index)} cy={toY(value)} r={2.5} fill="var(--gl-paper)" />
              ),
            )}
          </g>
        ))}
      </svg>
      {at === null ? null : (
        <dl
          className="progress-chart-note"
          aria-hidden="true"
          style={at < names.length / 2 ? { left: toX(at) + 10 } : { right: width - toX(at) + 10 }}
        >
          <dt>{names[at]}</dt>
          {lines.map(({ name, values, color }) => {
            const value = values[at]
            return (
              <dd key={name}>
                <span style={{ color }}>{name}</span> {value === null || value === undefined ? '—' : write(value)}
              </dd>
            )
          })}
        </dl>
      )}
    </div>
  )
}

/** The path of a line; after a gap it begins anew. */
function drawPath(
  values: readonly (number | null)[],
  toX: (index: number) => number,
  toY: (value: number) => number,
): string {
  return values
    .map((value, index) => {
      if (value === null) return ''
      const begins = (values[index - 1] ?? null) === null
      return `${begins ? 'M' : 'L'}${toX(index).toFixed(1)} ${toY(value).toFixed(1)}`
    })
    .join('')
}

/** The element and its width, which follows the window; before it is known, that of half a page. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(560)
  useEffect(() => {
    if (!box.current) return
    const watcher = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(entry.contentRect.width)
    })
    watcher.observe(box.current)
    return () => watcher.disconnect()
  }, [])
  return [box, width] as const
}
