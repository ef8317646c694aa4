import type { Refusal } from '@gonglian/api'
import { formatDateTime, useLocale, useText } from '@gonglian/ui'
import { useState } from 'react'
import type { useAct } from '../../../act.ts'
import { nameActor } from '../actor.ts'
import type { Report } from '../entry/report.ts'
import { ReasonDialog } from '../reason-dialog.tsx'

type Props = {
  readonly report: Report
  readonly canDecide: boolean
  readonly act: ReturnType<typeof useAct>['act']
  readonly busy: boolean
  readonly refusal: Refusal | null
}

/** Of an accepted report: the correction its owner asks for, granted or refused; or opening it on the superior's own account. */
export function CorrectionNotice({ report, canDecide, act, busy, refusal }: Props) {
  const text = useText()
  const locale = useLocale()
  const [asking, setAsking] = useState<'reopen' | 'refuse' | null>(null)
  const { state, version, correctionReason, decidedBy, decidedAt } = report
  const reportId = report.reportId ?? 0
  if (state === 'correcting') {
    return <p className="report-notice">{text('reports.review.correcting', { reason: correctionReason ?? '' })}</p>
  }
  if (state !== 'accepted') return null
  const decide = async (reason: string) => {
    const done = await act((api) =>
      asking === 'refuse'
        ? api.reviews.refuseCorrection.mutate({ reportId, version, reason })
        : api.reviews.reopenReport.mutate({ reportId, version, ...(reason === '' ? {} : { reason }) }),
    )
    if (done?.ok) setAsking(null)
  }
  return (
    <div className="report-notice">
      <span>
        {text('reports.notice.accepted', {
          who: nameActor(decidedBy, locale),
          when: decidedAt === null ? '' : formatDateTime(decidedAt),
        })}
      </span>
      {correctionReason === null ? null : <strong>{text('reports.review.asked', { reason: correctionReason })}</strong>}
      {canDecide ? (
        <span className="report-notice-actions">
          <button type="button" className="gl-button" disabled={busy} onClick={() => setAsking('reopen')}>
            {text(correctionReason === null ? 'reports.correction.open' : 'reports.correction.grant')}
          </button>
          {correctionReason === null ? null : (
            <button type="button" className="gl-button" disabled={busy} onClick={() => setAsking('refuse')}>
              {text('reports.correction.refuse')}
            </button>
          )}
        </span>
      ) : null}
      <ReasonDialog
        open={asking !== null}
        title={text(asking === 'refuse' ? 'reports.correction.refuse' : 'reports.correction.open')}
        explain={text(asking === 'refuse' ? 'reports.correction.refuseText' : 'reports.correction.openText')}
        action={text('pages.confirm')}
        optional={asking === 'reopen' && correctionReason !== null}
        busy={busy}
        refusal={refusal}
        onReason={decide}
        onClose={() => setAsking(null)}
      />
    </div>
  )
}
