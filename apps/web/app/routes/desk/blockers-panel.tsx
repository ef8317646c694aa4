import { Link } from '@remix-run/react'
import { formatDate, formatPeriod, useLocale, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useAct } from '../../act.ts'
import { useMay } from '../../may.ts'
import { absentPath } from '../reports/addresses.ts'
import { nameForm } from '../reports/names.ts'
import type { Blockers } from './loaded.ts'

const namesShown = 6

type Line =
  | (Blockers['bodies'][number] & { readonly cause: 'report' })
  | (Blockers['reviewers'][number] & { readonly cause: 'review' })

const isReport = (line: Line) => line.cause === 'report'
const isReview = (line: Line) => line.cause === 'review'

/** A body that neither reports nor reviews hears one urge a day: for its report. */
function distinctBodies(lines: readonly Pick<Line, 'bodyId' | 'cause'>[]) {
  const byBody = new Map(lines.toReversed().map(({ bodyId, cause }) => [bodyId, { bodyId, cause }]))
  return [...byBody.values()]
}

/** What it is waited for: its own report, or its decision about those handed in to it. */
function Cause({ line }: { readonly line: Line }) {
  const text = useText()
  if (line.cause === 'review') {
    return <>{text('desk.blockers.review', { count: line.waiting, date: formatDate(line.oldest) })}</>
  }
  return (
    <>
      {text(`states.report.${line.state}`)}
      {line.daysLate > 0 ? ` · ${text('desk.over', { days: line.daysLate })}` : null}
    </>
  )
}

/** Who below has not reported or not reviewed, form by form, with one button to urge one or all of them. */
export function BlockersPanel({ blockers }: { readonly blockers: readonly Blockers[] }) {
  const text = useText()
  return (
    <section className="panel" aria-labelledby="desk-blockers">
      <h2 id="desk-blockers">{text('desk.blockers')}</h2>
      {blockers.map((waited, index) => (
        <WaitedForm key={waited.form.id} waited={waited} isOpen={index === 0} />
      ))}
    </section>
  )
}

function WaitedForm({ waited, isOpen }: { readonly waited: Blockers; readonly isOpen: boolean }) {
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const { act, busy, refusal } = useAct()
  const [sent, setSent] = useState<number | null>(null)
  const { form, period, bodies, reviewers, expected, dueOn } = waited
  const lines: readonly Line[] = [
    ...bodies.map((body) => ({ ...body, cause: 'report' as const })),
    ...reviewers.map((body) => ({ ...body, cause: 'review' as const })),
  ]
  const open = lines.filter((body) => !body.isUrgedToday)
  const urge = async (receivers: readonly Pick<Line, 'bodyId' | 'cause'>[]) => {
    setSent(null)
    const outcome = await act((api) =>
      api.urges.sendUrges.mutate({
        formId: form.id,
        period,
        receivers: distinctBodies(receivers),
      }),
    )
    if (outcome?.ok) setSent(outcome.value.sent)
  }
  const shown = [...lines.filter(isReport).slice(0, namesShown), ...lines.filter(isReview).slice(0, namesShown)]
  return (
    <details className="desk-waited" open={isOpen}>
      <summary>
        <span>
          {nameForm(form, locale)} · {formatPeriod(period, locale)}
        </span>
        <span className="desk-end">
          {bodies.length > 0 ? text('desk.blockers.count', { count: bodies.length, expected }) : null}
          {reviewers.length > 0 ? <span>{text('desk.blockers.reviewers', { count: reviewers.length })}</span> : null}
        </span>
      </summary>
      <div className="desk-waited-tools">
        <span className="gl-hint">
          {dueOn === null ? null : text('desk.blockers.due', { date: formatDate(dueOn) })}
        </span>
        {may('urge:send') ? (
          <button
            type="button"
            className="gl-button"
            disabled={busy || open.length === 0}
            onClick={() => void urge(open)}
          >
            {open.length === 0 ? text('desk.blockers.allUrged') : text('desk.blockers.urgeAll', { count: open.length })}
          </button>
        ) : null}
      </div>
      <p role="status" className="gl-hint">
        {sent === null ? null : text('desk.blockers.sent', { count: sent })}
      </p>
      {refusal ? (
        <p className="gl-error-text" role="alert">
          {refusal.message}
        </p>
      ) : null}
      <ul className="desk-list">
        {shown.map((body) => (
          <li key={`${body.cause} ${body.bodyId}`}>
            <div>
              <span>{body.name}</span>
              <p className="gl-hint">
                <Cause line={body} />
                {body.urgedAt === null || body.isUrgedToday
                  ? null
                  : ` · ${text('desk.blockers.urged', { date: formatDate(body.urgedAt) })}`}
              </p>
            </div>
            {body.isUrgedToday ? (
              <span className="desk-end gl-hint">{text('desk.blockers.urgedToday')}</span>
            ) : may('urge:send') ? (
              <button
                type="button"
                className="gl-link-button"
                disabled={busy}
                aria-label={text('desk.blockers.urgeOne', { body: body.name })}
                onClick={() => void urge([body])}
              >
                {text(body.cause === 'report' ? 'desk.blockers.urge' : 'desk.blockers.urgeReview')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {bodies.length > namesShown ? (
        <p className="desk-later">
          <Link to={absentPath(form.code, period)}>{text('desk.blockers.all', { count: bodies.length })}</Link>
        </p>
      ) : null}
    </details>
  )
}
