import { computeShare, formatFigure, formatPercent, useLocale } from '@gonglian/ui'

type Props = {
  readonly now: number | null
  readonly before: number | null
  readonly unit: string
  readonly scale: number
}

/** By how much a figure moved, and what share of the former that is; of rates only the points. */
export function Difference({ now, before, unit, scale }: Props) {
  const locale = useLocale()
  if (now === null || before === null || now === before) return <span className="gl-hint">—</span>
  const moved = now - before
  const sign = moved > 0 ? '+' : '−'
  const share = unit === '%' || before === 0 ? null : computeShare(Math.abs(moved), before)
  return (
    <span className="report-difference">
      {sign}
      {formatFigure(Math.abs(moved), { locale, scale })}
      {share === null ? null : (
        <span className="gl-hint">
          {' '}
          {sign}
          {formatPercent(share, locale)}
        </span>
      )}
    </span>
  )
}
