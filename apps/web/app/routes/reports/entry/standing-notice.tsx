import { formatDateTime, useLocale, useText, type EntryItem } from '@gonglian/ui'
import { nameActor } from '../actor.ts'
import { ChangedBelowNotice } from '../changed-below.tsx'
import type { Report } from './report.ts'

type Props = {
  readonly report: Report
  readonly items: readonly EntryItem[]
  /** Cells sent back that were neither changed nor explained yet. */
  readonly unanswered: Report['faults']
}

/** Where the report stands and what its owner can do now; the cells that were sent back, each with its reason. */
export function StandingNotice({ report, items, unanswered }: Props) {
  const text = useText()
  const locale = useLocale()
  const { state, submittedBy, submittedAt, decidedBy, decidedAt, correctionReason, faults } = report
  const at = (instant: Date | null) => (instant === null ? '' : formatDateTime(instant))
  switch (state) {
    case 'not_started':
    case 'draft':
      return null
    case 'submitted':
      return (
        <p className="report-notice">
          {text('reports.notice.submitted', { who: nameActor(submittedBy, locale), when: at(submittedAt) })}
        </p>
      )
    case 'accepted':
      return (
        <>
          <p className="report-notice">
            {text('reports.notice.accepted', { who: nameActor(decidedBy, locale), when: at(decidedAt) })}
            {correctionReason === null ? null : (
              <strong>{text('reports.notice.asked', { reason: correctionReason })}</strong>
            )}
          </p>
          <ChangedBelowNotice report={report} onAccept={null} busy={false} refusal={null} />
        </>
      )
    case 'correcting':
      return (
        <p className="report-notice">
          {text('reports.notice.correcting', {
            who: nameActor(decidedBy, locale),
            when: at(decidedAt),
            reason: correctionReason ?? '',
          })}
        </p>
      )
    case 'returned': {
      const open = new Set(unanswered.map((fault) => fault.position))
      return (
        <section className="report-notice report-notice-returned" aria-label={text('states.report.returned')}>
          <p>
            {text('reports.notice.returned', {
              who: nameActor(decidedBy, locale),
              when: at(decidedAt),
              count: faults.length,
              done: faults.length - open.size,
            })}
          </p>
          <ul>
            {faults.map(({ position, reason }) => (
              <li key={position} className={open.has(position) ? '' : 'report-answered'}>
                <span aria-hidden="true">{open.has(position) ? '○' : '✓'}</span>{' '}
                <strong>{items.find((item) => item.key === String(position))?.label ?? position}</strong> {reason}
                <span className="gl-hint">
                  {' '}
                  {text(open.has(position) ? 'reports.notice.open' : 'reports.notice.answered')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )
    }
  }
}
