import type { Refusal } from '@gonglian/api'
import { formatDateTime, useLocale, useText } from '@gonglian/ui'
import { nameActor } from './actor.ts'
import { readEntries } from './entry/cells.ts'
import { listEntryItems, type Report } from './entry/report.ts'
import { SheetChanges } from './entry/sheet-changes.tsx'

type Props = {
  readonly report: Report
  /** Null for those who do not accept it. */
  readonly onAccept: (() => Promise<void>) | null
  readonly busy: boolean
  readonly refusal: Refusal | null
}

const sheetOf = (figures: readonly (number | null)[]) =>
  readEntries({ figures: [...figures], marks: figures.map(() => 0), upper: figures.map(() => null), notes: {} })

/** An accepted report below which something has changed: what was accepted and still counts, beside what it is now. */
export function ChangedBelowNotice({ report, onAccept, busy, refusal }: Props) {
  const text = useText()
  const locale = useLocale()
  const change = report.changedBelow
  if (change === null) return null
  const said = { who: nameActor(change.by, locale), when: formatDateTime(change.at) }
  return (
    <section className="report-notice" aria-label={text('reports.changed.title')}>
      <p>
        <strong>{text('reports.changed.title')}</strong>
        {text(onAccept === null ? 'reports.changed.read' : 'reports.changed.review', said)}
      </p>
      {change.hierarchy === 'line' ? <p className="gl-hint">{text('reports.changed.line')}</p> : null}
      <SheetChanges
        items={listEntryItems(report, {}, locale)}
        after={sheetOf(change.present)}
        before={sheetOf(change.accepted)}
        title={text('reports.changed.figures')}
      />
      <p className="gl-hint">
        {text('reports.changed.count', { accepted: change.acceptedCount, present: change.presentCount })}
      </p>
      {refusal === null || onAccept === null ? null : (
        <p className="gl-error-text" role="alert">
          {refusal.message}
        </p>
      )}
      {onAccept === null ? null : (
        <span className="report-notice-actions">
          <button type="button" className="gl-button gl-button-main" disabled={busy} onClick={() => void onAccept()}>
            {text('reports.changed.again')}
          </button>
        </span>
      )}
    </section>
  )
}
