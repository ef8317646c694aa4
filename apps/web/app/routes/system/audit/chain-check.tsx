import type { RouterOutputs } from '@gonglian/api'
import { formatDateTime, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useAct } from '../../../act.ts'
import { useTableQuery } from '../../../address.ts'
import { useClock } from '../../../clock.tsx'
import { RefusalNotice } from '../notice.tsx'

type Verdict = RouterOutputs['audit']['verifyAudit']

/** Recomputes the chain of digests and says whether any line was changed or is missing. */
export function ChainCheck({ onShow }: { readonly onShow: (page: number, seq: number) => void }) {
  const text = useText()
  const clock = useClock()
  const { act, busy, refusal } = useAct()
  const [query] = useTableQuery('audit')
  const [found, setFound] = useState<{ readonly verdict: Verdict; readonly at: Date } | null>(null)
  const verify = async () => {
    const outcome = await act((api) => api.audit.verifyAudit.query())
    if (outcome?.ok) setFound({ verdict: outcome.value, at: clock() })
  }
  const broken = found?.verdict.firstBroken ?? null
  return (
    <section className="panel chain-check" aria-label={text('audit.verify')}>
      <button type="button" className="gl-button" disabled={busy} onClick={() => void verify()}>
        {text(busy ? 'audit.verifying' : 'audit.verify')}
      </button>
      <div role="status">
        {found === null ? null : (
          <>
            <p className={broken === null ? 'chain-intact' : 'gl-error-text'}>
              {broken === null
                ? text('audit.verdict.intact', { lines: found.verdict.lines })
                : text('audit.verdict.broken', { seq: broken, lines: found.verdict.lines })}
            </p>
            <p className="gl-hint">{text('audit.verdict.at', { time: formatDateTime(found.at) })}</p>
          </>
        )}
      </div>
      {found === null || broken === null ? null : (
        <button
          type="button"
          className="gl-button"
          onClick={() => onShow(Math.max(1, Math.ceil((found.verdict.lines - broken + 1) / query.size)), broken)}
        >
          {text('audit.verdict.show', { seq: broken })}
        </button>
      )}
      <RefusalNotice message={refusal?.message ?? null} />
    </section>
  )
}
