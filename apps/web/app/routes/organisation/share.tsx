import { formatFigure, formatPercent, useLocale } from '@gonglian/ui'
import type { ReactNode } from 'react'

export type ShareProps = {
  readonly label: string
  /** Null: there are no such records, which is not 0. */
  readonly part: number | null
  readonly whole: number | null
  /** Hundredths of a percent; null where there is nothing to compare with. */
  readonly rate: number | null
  /** What the two numbers are. */
  readonly of: string
  readonly children?: ReactNode
}

/** A rate with the two counts it was made of. */
export function Share({ label, part, whole, rate, of, children }: ShareProps) {
  const locale = useLocale()
  return (
    <div className="share">
      <p className="share-label">{label}</p>
      <p className="share-rate">{rate === null ? '—' : formatPercent(rate, locale)}</p>
      <p className="gl-hint gl-figure-text">
        {formatFigure(part, { locale })} / {formatFigure(whole, { locale })} · {of}
      </p>
      {children}
    </div>
  )
}
