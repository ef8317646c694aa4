import type { Refusal } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { useState } from 'react'

type Props = {
  readonly faults: ReadonlyMap<number, string>
  readonly openWarnings: number
  readonly busy: boolean
  readonly refusal: Refusal | null
  readonly onAccept: () => Promise<void>
  readonly onReturn: () => Promise<void>
  readonly onClear: () => void
}

const shortest = 2

/** Accept, or send back what is marked. Never both: with marks set the report can only go back. */
export function DecisionBar({ faults, openWarnings, busy, refusal, onAccept, onReturn, onClear }: Props) {
  const text = useText()
  const [told, setTold] = useState(false)
  const unreasoned = [...faults.values()].filter((reason) => reason.trim().length < shortest).length
  const marked = faults.size
  const said =
    told && unreasoned > 0 ? text('reports.review.reasonMissing', { count: unreasoned }) : (refusal?.message ?? null)
  return (
    <div className="report-bar">
      {marked > 0 ? (
        <>
          <span>{text('reports.review.marked', { count: marked })}</span>
          <button type="button" className="gl-link-button" onClick={onClear}>
            {text('reports.review.clear')}
          </button>
        </>
      ) : openWarnings > 0 ? (
        <span className="gl-warning-text">{text('reports.review.warnings', { count: openWarnings })}</span>
      ) : (
        <span className="gl-hint">{text('reports.review.help')}</span>
      )}
      {said === null ? null : (
        <span className="gl-error-text" role="alert">
          {said}
        </span>
      )}
      <span className="report-bar-end">
        {marked > 0 ? (
          <button
            type="button"
            className="gl-button gl-button-main"
            disabled={busy}
            onClick={() => {
              setTold(true)
              if (unreasoned === 0) void onReturn()
            }}
          >
            {text('reports.review.return', { count: marked })}
          </button>
        ) : (
          <button type="button" className="gl-button gl-button-main" disabled={busy} onClick={() => void onAccept()}>
            {text('reports.review.accept')}
          </button>
        )}
      </span>
    </div>
  )
}
