import { Link } from '@remix-run/react'
import { formatDate, formatPeriod, useLocale, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useAct } from '../../act.ts'
import { useMay } from '../../may.ts'
import { absentPath } from '../reports/addresses.ts'
import { nameForm } from '../reports/names.ts'
import type { Blockers } from './loaded.ts'

const namesShown = 6

/** Who below has not reported, form by form, with one button to urge one or all of them. */
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
  const { form, period, bodies, expected, dueOn } = waited
  const open = bodies.filter((body) => !body.isUrgedToday)
  const urge = async (receivers: readonly { readonly bodyId: number }[]) => {
    setSent(null)
    const outcome = await act((api) =>
      api.urges.sendUrges.mutate({
        formId: form.id,
        period,
        receivers: receivers.map(({ bodyId }) => ({ bodyId, cause: 'report' as const })),
      }),
    )
    if (outcome?.ok) setSent(outcome.value.sent)
  }
  return (
    <details className="desk-waited" open={isOpen}>
      <summary>
        <span>
          {nameForm(form, locale)} · {formatPeriod(period, locale)}
        </span>
        <span className="desk-end">{text('desk.blockers.count', { count: bodies.length, expected })}</span>
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
        {bodies.slice(0, namesShown).map((body) => (
          <li key={body.bodyId}>
            <div>
              <span>{body.name}</span>
              <p className="gl-hint">
                {text(`states.report.${body.state}`)}
                {body.daysLate > 0 ? ` · ${text('desk.over', { days: body.daysLate })}` : null}
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
                {text('desk.blockers.urge')}
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
