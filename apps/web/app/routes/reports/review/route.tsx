import { data, type LinksFunction, type LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useLocation, useNavigate } from '@remix-run/react'
import { formatDateTime, formatPeriod, useLocale, useText } from '@gonglian/ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import { z } from 'zod'
import { useAct } from '../../../act.ts'
import { useAddress } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import reportStyles from '../../../styles/reports.css?url'
import { titlePage } from '../../../titles.ts'
import { nameActor } from '../actor.ts'
import { entryPath, queuePath, reviewPath } from '../addresses.ts'
import { ChangedBelowNotice } from '../changed-below.tsx'
import { useFreshData } from '../following.ts'
import { nameForm } from '../names.ts'
import { ReviewerNotice } from '../reviewer-notice.tsx'
import { DueMark, StandingMark } from '../standing.tsx'
import { VersionDrawer } from '../entry/version-drawer.tsx'
import { Comparison } from './comparison.tsx'
import { CorrectionNotice } from './correction-notice.tsx'
import { DecisionBar } from './decision-bar.tsx'
import { FaultAnswers } from './fault-answers.tsx'
import { listComparedRows, type Shown } from './rows.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: reportStyles }]
export const meta = titlePage('reports.review.title')

const ReportId = z.coerce.number().int().positive()
const pageSize = 500

export async function loader(args: LoaderFunctionArgs) {
  const id = ReportId.safeParse(args.params['id'])
  if (!id.success) throw data(null, { status: 404 })
  return ask(args, async (api) => {
    const review = await api.reviews.getReview({ reportId: id.data })
    const { form, period } = review.report
    const place = { formId: form.id, period, pageSize }
    const { reports: waiting } = await api.reviews.listReviewQueue({ ...place, state: 'submitted' })
    return { review, waiting: waiting.map((report) => report.reportId) }
  })
}

/** The reports before and after this one among those that wait; a report that was just decided about has its place too. */
function findNeighbours(waiting: readonly number[], reportId: number): { before: number | null; after: number | null } {
  const at = waiting.indexOf(reportId)
  if (at < 0) return { before: null, after: waiting[0] ?? null }
  return { before: waiting[at - 1] ?? null, after: waiting[at + 1] ?? (at > 0 ? (waiting[0] ?? null) : null) }
}

const Said = z.object({ said: z.string() })

/** A subordinate's report beside what it was before: mark what is wrong, send it back or accept it, go on to the next. */
export default function ReviewPage() {
  const { review } = useLoaderData<typeof loader>()
  return <ReviewOne key={review.report.reportId} />
}

function ReviewOne() {
  const { review, waiting } = useLoaderData<typeof loader>()
  const { report } = review
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const navigate = useNavigate()
  const location = useLocation()
  const { params, change } = useAddress()
  const { act, busy, refusal } = useAct()
  const [faults, setFaults] = useState<ReadonlyMap<number, string>>(new Map())
  const heading = useRef<HTMLHeadingElement>(null)
  const { form, period, body, version } = report
  const reportId = report.reportId ?? 0
  useFreshData((moved) => moved.formId === form.id && moved.period === period)

  const rows = useMemo(() => listComparedRows(review, locale), [review, locale])
  const asked = params.get('show')
  const shown: Shown = asked === 'changed' || asked === 'problems' ? asked : 'all'
  const { before, after } = findNeighbours(waiting, reportId)
  const go = (id: number | null) => {
    if (id !== null) navigate(reviewPath(id, period))
  }
  // Only the superior of that period decides; those further above, and those to whom the body has come since, read.
  const canDecide = report.isReviewer && may('report:review')
  const deciding = canDecide && report.state === 'submitted'

  const goOn = (said: string) => {
    const next = after === reportId ? null : after
    navigate(next === null ? queuePath(form.code, period) : reviewPath(next, period), { state: { said } })
  }
  const accept = async () => {
    const done = await act((api) => api.reviews.acceptReport.mutate({ reportId, version }))
    if (done?.ok) goOn(text('reports.review.accepted', { body: body.name }))
  }
  const acceptAgain = async () => {
    const mark = report.changedBelow?.mark ?? ''
    const done = await act((api) => api.reviews.acceptAgain.mutate({ reportId, version, mark }))
    if (done?.ok) goOn(text('reports.changed.done', { body: body.name }))
  }
  const sendBack = async () => {
    const named = [...faults].map(([position, reason]) => ({ position, reason: reason.trim() }))
    const done = await act((api) => api.reviews.returnReport.mutate({ reportId, version, faults: named }))
    if (done?.ok) goOn(text('reports.review.returned', { body: body.name, count: named.length }))
  }
  const mark = (position: number, reason: string | null) =>
    setFaults((known) => {
      const next = new Map(known)
      if (reason === null) next.delete(position)
      else next.set(position, reason)
      return next
    })

  // The next report begins at its top, for eyes and for screen readers.
  useEffect(() => {
    if (location.state !== null) heading.current?.focus()
  }, [location.state])
  useEffect(() => {
    const steer = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return
      const target = event.code === 'KeyN' ? after : event.code === 'KeyP' ? before : undefined
      if (target === undefined) return
      event.preventDefault()
      go(target)
    }
    document.addEventListener('keydown', steer)
    return () => document.removeEventListener('keydown', steer)
  })

  const said = Said.safeParse(location.state)
  const at = waiting.indexOf(reportId)
  return (
    <div className="report-page">
      {said.success ? (
        <p className="report-notice" role="status">
          {said.data.said}
        </p>
      ) : null}
      <header className="report-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {body.name}
          </h1>
          <p className="report-facts">
            <Link to={queuePath(form.code, period)}>{nameForm(form, locale)}</Link>
            <span>{formatPeriod(period, locale)}</span>
            <StandingMark state={report.state} isLate={report.isLate} isZero={report.isZero} />
            <span>
              {text('reports.due')}{' '}
              <DueMark dueOn={report.dueOn} daysLeft={null} isProvisional={report.isDueProvisional} />
            </span>
            {report.submittedAt ? (
              <span>
                {text('reports.review.submitted', {
                  who: nameActor(report.submittedBy, locale),
                  when: formatDateTime(report.submittedAt),
                })}
              </span>
            ) : null}
          </p>
        </div>
        <span className="report-tools">
          {at >= 0 ? (
            <span className="gl-hint">{text('reports.review.place', { at: at + 1, total: waiting.length })}</span>
          ) : null}
          <button
            type="button"
            className="gl-button"
            disabled={before === null}
            aria-keyshortcuts="Alt+P"
            title="Alt+P"
            onClick={() => go(before)}
          >
            {text('reports.review.before')}
          </button>
          <button
            type="button"
            className="gl-button"
            disabled={after === null}
            aria-keyshortcuts="Alt+N"
            title="Alt+N"
            onClick={() => go(after)}
          >
            {text('reports.review.after')}
          </button>
          <button type="button" className="gl-button" onClick={() => change({ panel: 'versions' })}>
            {text('reports.versions')}
          </button>
          <Link className="gl-button" to={entryPath(form.code, period, body.code)}>
            {text('reports.review.sheet')}
          </Link>
        </span>
      </header>
      <ReviewerNotice report={report} superior={report.isDirectlyBelow && !report.isReviewer} />
      <ChangedBelowNotice
        report={report}
        onAccept={canDecide ? acceptAgain : null}
        busy={busy}
        refusal={report.changedBelow === null ? null : refusal}
      />
      <CorrectionNotice report={report} canDecide={canDecide} act={act} busy={busy} refusal={refusal} />
      <FaultAnswers review={review} rows={rows} />
      <Comparison
        rows={rows}
        review={review}
        shown={shown}
        onShow={(next) => change({ show: next === 'all' ? null : next })}
        faults={faults}
        onMark={deciding ? mark : null}
      />
      {deciding ? (
        <DecisionBar
          faults={faults}
          openWarnings={report.openWarnings}
          busy={busy}
          refusal={refusal}
          onAccept={accept}
          onReturn={sendBack}
          onClear={() => setFaults(new Map())}
        />
      ) : null}
      <VersionDrawer
        report={report}
        open={params.get('panel') === 'versions'}
        onClose={() => change({ panel: null })}
      />
    </div>
  )
}
