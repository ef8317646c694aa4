import { formatFigure } from '../figures.ts'
import { useLocale, useText } from '../text.tsx'
import { sumSplit } from './split-sum.ts'
import { isOffBound, type Shares, type SplitBound, type SplitRow } from './split.ts'

export type SplitFootProps = {
  readonly rows: readonly SplitRow[]
  readonly shares: Shares
  readonly target: number | null
  readonly bound: SplitBound | null
  readonly unit: string
  readonly scale: number
}

/** The pinned line: target, allocated, and what is left or over, said as it changes. */
export function SplitFoot({ rows, shares, target, bound, unit, scale }: SplitFootProps) {
  const text = useText()
  const locale = useLocale()
  const sum = sumSplit(rows, shares, target ?? 0)
  const write = (value: number) => formatFigure(value, { locale, scale, unit })
  const off = rows.filter(({ code }) => isOffBound(bound, shares[code]?.value ?? null)).length
  return (
    <div className="gl-split-foot" role="status">
      {target === null ? (
        bound === null ? null : (
          <>
            <span>
              {text('split.bound')} <strong>{write(bound.value)}</strong>
            </span>
            <span>
              {text(`split.off.${bound.kind}`)} <strong>{off}</strong>
            </span>
          </>
        )
      ) : (
        <>
          <span>
            {text('split.target')} <strong>{write(target)}</strong>
          </span>
          <span>
            {text('split.sum')} <strong>{write(sum.allocated)}</strong>
          </span>
          <span className={sum.left < 0 ? 'gl-split-over' : sum.left > 0 ? 'gl-split-left' : 'gl-split-exact'}>
            {sum.left === 0 ? (
              text('split.exact')
            ) : (
              <>
                {text(sum.left > 0 ? 'split.left' : 'split.over')} <strong>{write(Math.abs(sum.left))}</strong>
              </>
            )}
          </span>
        </>
      )}
      {sum.empty > 0 ? <span>{text('split.emptyCount', { count: sum.empty })}</span> : null}
      <span className="gl-hint">{text('split.lockedCount', { count: sum.locked })}</span>
    </div>
  )
}
