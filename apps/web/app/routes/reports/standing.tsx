import type { RouterOutputs } from '@gonglian/api'
import { formatDate, useText } from '@gonglian/ui'

export type Standing = RouterOutputs['reports']['getReport']['state']

/** Where a report stands, with the words for late and zero reports. */
export function StandingMark(props: {
  readonly state: Standing
  readonly isLate?: boolean
  readonly isZero?: boolean
}) {
  const { state, isLate = false, isZero = false } = props
  const text = useText()
  // What is not handed in yet is overdue, which the deadline says.
  const wasLate = isLate && state !== 'not_started' && state !== 'draft' && state !== 'returned'
  return (
    <span className="report-standing">
      <span className={`report-state report-state-${state}`}>{text(`states.report.${state}`)}</span>
      {isZero ? <span className="report-state">{text('reports.zero')}</span> : null}
      {wasLate ? <span className="report-state report-state-late">{text('reports.late')}</span> : null}
    </span>
  )
}

/**
 * The last day, and how far it is. `daysLeft` null: handed in, or no deadline. `isProvisional`: the holidays of its year are not published
 * yet.
 */
export function DueMark(props: {
  readonly dueOn: string | null
  readonly daysLeft: number | null
  readonly isProvisional?: boolean
}) {
  const { dueOn, daysLeft, isProvisional = false } = props
  const text = useText()
  if (dueOn === null) return <span className="gl-hint">{text('reports.due.none')}</span>
  return (
    <span className="report-due">
      {formatDate(dueOn)}
      {daysLeft === null ? null : daysLeft < 0 ? (
        <strong className="gl-error-text">{text('reports.due.over', { days: -daysLeft })}</strong>
      ) : (
        <span className={daysLeft <= 3 ? 'report-due-near' : 'gl-hint'}>
          {daysLeft === 0 ? text('reports.due.today') : text('reports.due.left', { days: daysLeft })}
        </span>
      )}
      {isProvisional ? (
        <span className="gl-hint">{text('calendar.provisional', { year: dueOn.slice(0, 4) })}</span>
      ) : null}
    </span>
  )
}
