import { formatPercent, type Figure } from './figures.ts'
import type { LightValue } from './light.tsx'
import { useLocale, useText } from './text.tsx'

export type TargetBarProps = {
  readonly actual: Figure
  readonly target: Figure
  /** What the schedule expects by now, in the unit of the other two; null without a schedule. */
  readonly expected: Figure
  readonly light: LightValue | null
  /** More that the bar says when one points at it. */
  readonly hint?: string | undefined
}

/** Share in hundredths of a percent, kept raw above 100% (GOV-03); null where either is missing or the whole is 0. */
export function computeShare(part: Figure, whole: Figure): number | null {
  if (part === null || part === undefined || whole === null || whole === undefined) return null
  const base = BigInt(whole)
  if (base === 0n) return null
  return Number((BigInt(part) * 20_000n + base) / (2n * base))
}

/** How far a target is: bar of actual over target with the expected mark on it. Over 100% the bar is full and the figure says how much. */
export function TargetBar({ actual, target, expected, light, hint }: TargetBarProps) {
  const locale = useLocale()
  const text = useText()
  const rate = computeShare(actual, target)
  const mark = computeShare(expected, target)
  if (rate === null) {
    const missing = actual === null || actual === undefined ? 'figures.bar.noActual' : 'figures.bar.none'
    return <span className="gl-figure-missing">{text(missing)}</span>
  }
  const written = formatPercent(rate, locale)
  const said =
    mark === null
      ? text('figures.bar.noExpected', { rate: written })
      : text('figures.bar', { rate: written, expected: formatPercent(mark, locale) })
  const label = hint === undefined ? said : `${said} · ${hint}`
  return (
    <span className="gl-bar" role="img" aria-label={label} title={label}>
      <span className="gl-bar-track">
        <span
          className={`gl-bar-fill gl-fill-${light ?? 'none'}`}
          style={{ width: `${Math.min(rate, 10_000) / 100}%` }}
        />
        {mark === null ? null : <span className="gl-bar-mark" style={{ left: `${Math.min(mark, 10_000) / 100}%` }} />}
      </span>
      <span className="gl-bar-rate">{written}</span>
    </span>
  )
}
