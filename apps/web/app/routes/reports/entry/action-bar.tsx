import type { Refusal } from '@gonglian/api'
import { SavingMark, useText, type EntryProblem, type SavingState } from '@gonglian/ui'
import { useState } from 'react'
import type { useAct } from '../../../act.ts'
import { useMay } from '../../../may.ts'
import { ReasonDialog } from '../reason-dialog.tsx'
import type { Report } from './report.ts'

type Act = ReturnType<typeof useAct>['act']

type Props = {
  readonly report: Report
  readonly editable: boolean
  readonly saving: SavingState
  readonly filled: number
  readonly problems: readonly EntryProblem[]
  /** Cells whose text is no figure. */
  readonly unreadable: number
  readonly told: 'errors' | 'unsaved' | null
  readonly refusal: Refusal | null
  readonly busy: boolean
  /** Opens the question about cells that others changed too; null: there are none. */
  readonly onChoose: (() => void) | null
  readonly onHandIn: (how: 'typed' | 'zero') => Promise<void>
  readonly act: Act
}

/** Always in sight: whether it is saved, how far one is, and the next step. */
export function ActionBar(props: Props) {
  const { report, editable, saving, filled, problems, unreadable, told, refusal, busy, onChoose, onHandIn, act } = props
  const text = useText()
  const may = useMay()
  const { reportId, version, state } = report
  const [asking, setAsking] = useState(false)
  const canAsk = state === 'accepted' && report.correctionReason === null && may('report:correct')
  const warnings = problems.filter(({ level }) => level === 'warning').length
  const said = told === null ? refusal?.message : text(`reports.handIn.${told}`)
  if (!editable && state !== 'submitted' && !canAsk && said === undefined) return null
  return (
    <div className="report-bar">
      {editable ? (
        <>
          <SavingMark state={saving} />
          {problems.length + unreadable === 0 ? null : (
            <span className="gl-hint">
              {text('entry.problems.count', { errors: problems.length - warnings + unreadable, warnings })}
            </span>
          )}
        </>
      ) : null}
      {onChoose === null ? null : (
        <span className="gl-error-text" role="alert">
          {text('reports.conflict.open')}
          <button type="button" className="gl-link-button" onClick={onChoose}>
            {text('reports.conflict.choose')}
          </button>
        </span>
      )}
      {said === undefined ? null : (
        <span className="gl-error-text" role="alert">
          {said}
        </span>
      )}
      <span className="report-bar-end">
        {editable && may('report:submit') ? (
          <>
            {filled === 0 ? (
              <button type="button" className="gl-button" disabled={busy} onClick={() => void onHandIn('zero')}>
                {text('reports.zero.do')}
              </button>
            ) : null}
            <button
              type="button"
              className="gl-button gl-button-main"
              disabled={busy}
              onClick={() => void onHandIn('typed')}
            >
              {text(state === 'returned' || state === 'correcting' ? 'reports.handIn.again' : 'reports.handIn')}
            </button>
          </>
        ) : null}
        {state === 'submitted' && reportId !== null && may('report:submit') ? (
          <button
            type="button"
            className="gl-button"
            disabled={busy}
            onClick={() => void act((api) => api.reports.withdrawReport.mutate({ reportId, version }))}
          >
            {text('reports.withdraw')}
          </button>
        ) : null}
        {canAsk ? (
          <button type="button" className="gl-button" disabled={busy} onClick={() => setAsking(true)}>
            {text('reports.correction.ask')}
          </button>
        ) : null}
      </span>
      <ReasonDialog
        open={asking}
        title={text('reports.correction.ask')}
        explain={text('reports.correction.askText')}
        action={text('reports.correction.send')}
        onClose={() => setAsking(false)}
        onReason={async (reason) => {
          if (reportId === null) return
          const done = await act((api) => api.reports.requestCorrection.mutate({ reportId, version, reason }))
          if (done?.ok) setAsking(false)
        }}
        refusal={refusal}
        busy={busy}
      />
    </div>
  )
}
