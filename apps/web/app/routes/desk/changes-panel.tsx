import { Link } from '@remix-run/react'
import { formatDate, formatDateTime, formatPeriod, formatTime, useLocale, useText } from '@gonglian/ui'
import { useAct } from '../../act.ts'
import { useAddress, useKeepingPeriod } from '../../address.ts'
import { entryPath, queuePath } from '../reports/addresses.ts'
import { nameForm } from '../reports/names.ts'
import { planPath } from './addresses.ts'
import type { Change } from './loaded.ts'

type ChangesPanelProps = {
  readonly changes: readonly Change[]
  readonly hasMore: boolean
  readonly since: Date
  /** The person has marked news as read before. */
  readonly hasSeen: boolean
  readonly week: boolean
}

/** What others did: since I marked the news as read, or in the last seven days. */
export function ChangesPanel({ changes, hasMore, since, hasSeen, week }: ChangesPanelProps) {
  const text = useText()
  const { change } = useAddress()
  const { act, busy, refusal } = useAct()
  const days = [...new Set(changes.map(({ at }) => formatDate(at)))]
  const from = formatDateTime(since)
  return (
    <section className="panel" aria-labelledby="desk-changes">
      <h2 id="desk-changes">{text('desk.changes')}</h2>
      <p className="gl-hint desk-changes-tools">
        <span>{text(changes.length === 0 ? 'desk.changes.none' : 'desk.changes.since', { since: from })}</span>
        {hasSeen ? (
          <button type="button" className="gl-link-button" onClick={() => change({ changes: week ? null : 'week' })}>
            {text(week ? 'desk.changes.new' : 'desk.changes.week')}
          </button>
        ) : null}
        {changes.length > 0 && !week ? (
          <button
            type="button"
            className="gl-link-button"
            disabled={busy}
            onClick={() => void act((api) => api.desk.markDeskSeen.mutate())}
          >
            {text('desk.changes.seen')}
          </button>
        ) : null}
      </p>
      {refusal ? (
        <p className="gl-error-text" role="alert">
          {refusal.message}
        </p>
      ) : null}
      {days.map((day) => (
        <div key={day}>
          <h3>{day}</h3>
          <ul className="desk-list">
            {changes
              .filter(({ at }) => formatDate(at) === day)
              .map((line, index) => (
                <li key={index}>
                  <ChangeLine change={line} />
                  <time className="desk-end gl-hint" dateTime={line.at.toISOString()}>
                    {formatTime(line.at)}
                  </time>
                </li>
              ))}
          </ul>
        </div>
      ))}
      {hasMore ? <p className="gl-hint">{text('desk.changes.more', { count: changes.length })}</p> : null}
    </section>
  )
}

function ChangeLine({ change }: { readonly change: Change }) {
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  if (change.kind === 'target') {
    const params = { plan: change.planName, count: change.items, body: change.body }
    const words =
      change.event === 'issued'
        ? text('desk.change.issued', params)
        : change.event === 'changed'
          ? text(change.isOwn ? 'desk.change.changed.own' : 'desk.change.changed', params)
          : text(`desk.change.${change.event}`, params)
    return <Link to={keep(planPath(change.planId))}>{words}</Link>
  }
  const form = nameForm(change.form, locale)
  const period = formatPeriod(change.period, locale)
  if (change.kind === 'decision') {
    return (
      <Link to={entryPath(change.form.code, change.period)}>
        {change.event === 'accepted'
          ? text('desk.change.accepted', { form, period })
          : text(`desk.change.${change.event}`, { form, period, reason: change.reason })}
      </Link>
    )
  }
  const bodies = change.bodies.join(text('desk.bodies.join'))
  return (
    <Link to={queuePath(change.form.code, change.period)}>
      {change.count > change.bodies.length
        ? text(`desk.change.${change.event}.many`, { bodies, form, period, count: change.count })
        : text(`desk.change.${change.event}`, { bodies, form, period })}
    </Link>
  )
}
