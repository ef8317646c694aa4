import type { Refusal } from '@gonglian/api'
import { Dialog, formatDate, useLocale, useText, type EntryItem, type EntryValues } from '@gonglian/ui'
import { useEffect, useMemo, useState } from 'react'
import { readEntries, writeSheet } from './cells.ts'
import { checkSheet, fillWithZeros, listEntryItems, showValues, type Report } from './report.ts'
import { SheetChanges } from './sheet-changes.tsx'

type Props = {
  readonly report: Report
  /** Null: closed. `zero`: begun as a zero report. */
  readonly how: 'typed' | 'zero' | null
  readonly values: EntryValues
  readonly empties: readonly string[]
  readonly items: readonly EntryItem[]
  readonly now: Date
  readonly busy: boolean
  readonly refusal: Refusal | null
  readonly onClose: () => void
  readonly onHandIn: (how: { readonly zero: boolean; readonly confirmWarnings: boolean }) => Promise<void>
}

/** Before a report goes up: what changes against before, what is empty, what nobody has explained yet. */
export function HandInDialog(props: Props) {
  const { report, how, values, empties, items, now, busy, refusal, onClose, onHandIn } = props
  const text = useText()
  const locale = useLocale()
  const [zero, setZero] = useState(false)
  const [confirmed, setConfirmed] = useState(false)
  useEffect(() => {
    setZero(how === 'zero')
    setConfirmed(false)
  }, [how])

  const given = useMemo(() => {
    const filled = zero ? fillWithZeros(values, empties) : values
    return showValues(listEntryItems(report, filled, locale), filled)
  }, [report, values, empties, zero, locale])
  const problems = useMemo(
    () => (how === null ? [] : checkSheet(report, writeSheet(given, items.length), locale)),
    [how, report, given, items.length, locale],
  )
  const errors = problems.filter((problem) => problem.level === 'error')
  const warnings = problems.filter((problem) => problem.level === 'warning')
  const isRevision = report.state === 'returned' || report.state === 'correcting'
  const isLate = report.dueOn !== null && now.getTime() > Date.parse(`${report.dueOn}T23:59:59.999+08:00`)
  const nothing = empties.length === items.filter((item) => item.editable).length && !zero
  const label = (key: string) => items.find((item) => item.key === key)?.label ?? key
  const ready = errors.length === 0 && !nothing && (warnings.length === 0 || confirmed)

  return (
    <Dialog
      open={how !== null}
      onClose={onClose}
      wide
      title={text(how === 'zero' ? 'reports.zero.do' : 'reports.handIn.title')}
      footer={
        <>
          <button type="button" className="gl-button" onClick={onClose}>
            {text('reports.handIn.back')}
          </button>
          <button
            type="button"
            className="gl-button gl-button-main"
            disabled={busy || !ready}
            onClick={() => void onHandIn({ zero, confirmWarnings: confirmed })}
          >
            {text('reports.handIn.confirm')}
          </button>
        </>
      }
    >
      <div className="report-summary">
        {isLate ? (
          <p className="gl-warning-text">{text('reports.handIn.late', { due: formatDate(report.dueOn ?? '') })}</p>
        ) : null}
        {empties.length === 0 ? null : (
          <section>
            <h3>{text('reports.handIn.empty', { count: empties.length })}</h3>
            <p className="gl-hint">
              {empties
                .slice(0, 12)
                .map(label)
                .join(locale === 'en' ? ', ' : '、')}
              {empties.length > 12 ? ' …' : ''}
            </p>
            <label className="gl-choice">
              <input type="checkbox" checked={zero} onChange={(event) => setZero(event.target.checked)} />
              {text('reports.handIn.zeros', { count: empties.length })}
            </label>
          </section>
        )}
        {nothing ? <p className="gl-error-text">{text('errors.reportEmpty')}</p> : null}
        {errors.length === 0 ? null : (
          <section>
            <h3 className="gl-error-text">{text('reports.handIn.errorsLeft', { count: errors.length })}</h3>
            <ul>
              {errors.map((problem, index) => (
                <li key={index}>{problem.text}</li>
              ))}
            </ul>
          </section>
        )}
        {warnings.length === 0 ? null : (
          <section>
            <h3 className="gl-warning-text">{text('reports.handIn.warnings', { count: warnings.length })}</h3>
            <ul className="report-warnings">
              {warnings.map((problem, index) => (
                <li key={index}>
                  <strong>{label(problem.key)}</strong> {problem.text}
                </li>
              ))}
            </ul>
            <label className="gl-choice">
              <input
                type="checkbox"
                checked={confirmed}
                data-autofocus=""
                onChange={(event) => setConfirmed(event.target.checked)}
              />
              {text('reports.handIn.confirmWarnings')}
            </label>
          </section>
        )}
        {how === null ? null : (
          <SheetChanges
            items={items}
            after={given}
            before={isRevision ? readEntries(report.sheet) : null}
            title={text(isRevision ? 'reports.handIn.sinceLast' : 'reports.handIn.sincePeriod')}
          />
        )}
        {refusal ? (
          <p className="gl-error-text" role="alert">
            {refusal.message}
          </p>
        ) : null}
      </div>
    </Dialog>
  )
}
