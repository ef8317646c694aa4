import { Link } from '@remix-run/react'
import { formatDate, formatPeriod, useLocale, useText } from '@gonglian/ui'
import type { ReactNode } from 'react'
import { useAct } from '../../act.ts'
import { useKeepingPeriod } from '../../address.ts'
import { entryPath, queuePath } from '../reports/addresses.ts'
import { nameForm } from '../reports/names.ts'
import { planPath } from './addresses.ts'
import type { Waiting } from './loaded.ts'

/** What waits for me, the sharpest first: what I was urged about, what came back, what is due, what others wait for. */
export function WaitingPanel({ waiting }: { readonly waiting: Waiting }) {
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const { act, busy, refusal } = useAct()
  const { urges, sentBack, reports, reviews, duties, laterReports } = waiting
  const count = urges.length + sentBack.length + reports.length + reviews.length + duties.length
  const name = (line: { readonly form: Parameters<typeof nameForm>[0]; readonly period: string }) =>
    `${nameForm(line.form, locale)} · ${formatPeriod(line.period, locale)}`
  return (
    <section className="panel" aria-labelledby="desk-waiting">
      <h2 id="desk-waiting">
        {text('desk.waiting')} {count > 0 ? <span className="desk-count">{count}</span> : null}
      </h2>
      {count === 0 ? <p className="gl-hint">{text('desk.waiting.none')}</p> : null}
      {refusal ? (
        <p className="gl-error-text" role="alert">
          {refusal.message}
        </p>
      ) : null}
      <Group title={text('desk.group.urges')} isEmpty={urges.length === 0}>
        {urges.map((urge) => (
          <li key={urge.id}>
            <div>
              <Link
                to={
                  urge.cause === 'report'
                    ? entryPath(urge.form.code, urge.period)
                    : queuePath(urge.form.code, urge.period)
                }
              >
                {name(urge)}
              </Link>
              <p className="gl-hint">
                {text(urge.cause === 'report' ? 'desk.urge.report' : 'desk.urge.review', { from: urge.from })}{' '}
                {formatDate(urge.at)}
                {urge.message === '' ? '' : ` · ${urge.message}`}
              </p>
            </div>
            <button
              type="button"
              className="gl-link-button"
              disabled={busy}
              aria-label={text('desk.urge.seenLabel', { form: name(urge) })}
              onClick={() => void act((api) => api.urges.seeUrge.mutate({ urgeId: urge.id }))}
            >
              {text('desk.urge.seen')}
            </button>
          </li>
        ))}
      </Group>
      <Group title={text('desk.group.sentBack')} isEmpty={sentBack.length === 0}>
        {sentBack.map((report) => (
          <li key={report.reportId}>
            <div>
              <Link to={entryPath(report.form.code, report.period)}>{name(report)}</Link>
              <p className="gl-error-text desk-one-line" title={report.reason}>
                {report.state === 'correcting'
                  ? text('desk.correcting', { reason: report.reason })
                  : report.faults > 1
                    ? text('desk.returned.more', { count: report.faults, reason: report.reason })
                    : text('desk.returned', { reason: report.reason })}
              </p>
            </div>
          </li>
        ))}
      </Group>
      <Group title={text('desk.group.reports')} isEmpty={reports.length === 0}>
        {reports.map((report) => (
          <li key={`${report.form.id} ${report.period}`}>
            <div>
              <Link to={entryPath(report.form.code, report.period)}>{name(report)}</Link>
              {report.state === 'draft' ? (
                <p className="gl-hint">{text('desk.filled', { filled: report.filled, fillable: report.fillable })}</p>
              ) : null}
            </div>
            <DaysLeft daysLeft={report.daysLeft} dueOn={report.dueOn} />
          </li>
        ))}
      </Group>
      <Group title={text('desk.group.reviews')} isEmpty={reviews.length === 0}>
        {reviews.map((queue) => (
          <li key={`${queue.form.id} ${queue.period}`}>
            <div>
              <Link to={queuePath(queue.form.code, queue.period)}>{name(queue)}</Link>
              {queue.oldest === null ? null : (
                <p className="gl-hint">{text('desk.reviews.oldest', { date: formatDate(queue.oldest) })}</p>
              )}
            </div>
            <span className="desk-end">
              {queue.submitted > 0 ? <span>{text('desk.reviews.submitted', { count: queue.submitted })}</span> : null}
              {queue.corrections > 0 ? (
                <span>{text('desk.reviews.corrections', { count: queue.corrections })}</span>
              ) : null}
              {queue.changed > 0 ? <span>{text('desk.reviews.changed', { count: queue.changed })}</span> : null}
            </span>
          </li>
        ))}
      </Group>
      <Group title={text('desk.group.targets')} isEmpty={duties.length === 0}>
        {duties.map((duty) => (
          <li key={`${duty.kind} ${duty.planId}`}>
            <div>
              <Link to={keep(planPath(duty.planId))}>{text(`desk.duty.${duty.kind}`, { count: duty.items })}</Link>
              <p className="gl-hint">{duty.planName}</p>
            </div>
            {duty.since === null ? null : (
              <span className="desk-end gl-hint">{text('desk.since', { date: formatDate(duty.since) })}</span>
            )}
          </li>
        ))}
      </Group>
      {laterReports > 0 ? (
        <p className="desk-later">
          <Link to={keep('/reports')}>{text('desk.waiting.later', { count: laterReports })}</Link>
        </p>
      ) : null}
    </section>
  )
}

function Group(props: { readonly title: string; readonly isEmpty: boolean; readonly children: ReactNode }) {
  return props.isEmpty ? null : (
    <>
      <h3>{props.title}</h3>
      <ul className="desk-list">{props.children}</ul>
    </>
  )
}

const nearDays = 3

function DaysLeft({ daysLeft, dueOn }: { readonly daysLeft: number | null; readonly dueOn: string | null }) {
  const text = useText()
  if (daysLeft === null || dueOn === null) return <span className="desk-end gl-hint">{text('desk.noDue')}</span>
  const isOver = daysLeft < 0
  const words = isOver
    ? text('desk.over', { days: -daysLeft })
    : daysLeft === 0
      ? text('desk.today')
      : text('desk.left', { days: daysLeft })
  return (
    <span
      className={`desk-end ${isOver ? 'gl-error-text' : daysLeft <= nearDays ? 'gl-warning-text' : 'gl-hint'}`}
      title={formatDate(dueOn)}
    >
      {words}
    </span>
  )
}
