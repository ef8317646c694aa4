import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState, formatPeriod, useLocale, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useAct } from '../../../act.ts'
import { useAddress, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import reportStyles from '../../../styles/reports.css?url'
import { titlePage } from '../../../titles.ts'
import { absentPath, queuePath } from '../addresses.ts'
import { useFollowedPeriod, useFreshData } from '../following.ts'
import { nameForm } from '../names.ts'
import { AcceptedNotice } from './accepted-notice.tsx'
import { askQueue, queueStates } from './question.ts'
import { QueueTable, type Queued } from './queue-table.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: reportStyles }]
export const meta = titlePage('reports.queue.title')

export async function loader(args: LoaderFunctionArgs) {
  const { form: code = '', period = '' } = args.params
  const { searchParams } = new URL(args.request.url)
  return ask(args, async (api) => {
    const form = await api.forms.getForm({ code })
    const queue = await api.reviews.listReviewQueue(askQueue(searchParams, form.id, period))
    const { total: missing } = await api.reviews.listMissing({ form: code, period, pageSize: 1 })
    const { id, nameZh, nameEn } = form
    return { form: { id, code, nameZh, nameEn }, period, queue, missing, now: args.context.now }
  })
}

/** The reports of those directly below for one form and period: opened one by one, or accepted together where nothing is open. */
export default function QueuePage() {
  const { form, period, queue, missing, now } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const { params, change } = useAddress()
  const [query, setQuery] = useTableQuery('queue', { sort: 'submitted' })
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [outcome, setOutcome] = useState<{
    readonly accepted: number
    readonly skipped: readonly {
      readonly name: string
      readonly key: string
      readonly params: Readonly<Record<string, string | number>>
    }[]
  } | null>(null)
  const { act, busy, refusal } = useAct()
  useFollowedPeriod(period, (next) => queuePath(form.code, next))
  useFreshData((moved) => moved.formId === form.id && moved.period === period)

  const state = params.get('state')
  const isFree = (report: Queued) => report.state === 'submitted' && report.openWarnings === 0
  const free = queue.reports.filter(isFree)
  const picked = free.filter((report) => chosen.has(report.reportId))
  const accept = async () => {
    const reports = picked.map(({ reportId, version }) => ({ reportId, version }))
    const done = await act((api) => api.reviews.acceptReports.mutate({ reports }))
    if (!done?.ok) return
    const nameOf = (reportId: number) => picked.find((report) => report.reportId === reportId)?.body.name ?? ''
    setChosen(new Set())
    setOutcome({
      accepted: done.value.accepted.length,
      skipped: done.value.skipped.map((skipped) => ({ ...skipped, name: nameOf(skipped.reportId) })),
    })
  }
  const counted = (known: (typeof queueStates)[number] | null) =>
    known === null ? queue.counts.submitted : queue.counts[known]

  return (
    <>
      <header className="report-head">
        <div>
          <h1>{text('reports.queue.title')}</h1>
          <p className="report-facts">
            <span>{nameForm(form, locale)}</span>
            <span>{formatPeriod(period, locale)}</span>
          </p>
        </div>
      </header>
      <nav className="report-tabs" aria-label={text('reports.queue.states')}>
        {[null, ...queueStates].map((known) => (
          <button
            type="button"
            key={known ?? 'waiting'}
            aria-current={known === state ? 'true' : undefined}
            onClick={() => change({ state: known, 'queue.page': null })}
          >
            {known === null
              ? text('reports.column.waiting')
              : text(known === 'changed' ? 'reports.changed' : `states.report.${known}`)}
            <span className="report-count">{counted(known)}</span>
          </button>
        ))}
        <Link to={absentPath(form.code, period)}>
          {text('reports.tab.missing')}
          <span className="report-count">{missing}</span>
        </Link>
      </nav>
      {outcome ? <AcceptedNotice outcome={outcome} onClose={() => setOutcome(null)} /> : null}
      {refusal ? (
        <p className="report-notice report-notice-refusal" role="alert">
          {refusal.message}
        </p>
      ) : null}
      <QueueTable
        reports={queue.reports}
        total={queue.total}
        query={query}
        onQuery={setQuery}
        now={now}
        chosen={chosen}
        onChoose={may('report:review') ? setChosen : null}
        isFree={isFree}
        csv={`/reports/review/${form.code}/${period}/export.csv?${params.toString()}`}
        empty={
          <EmptyState
            title={text(state === null ? 'reports.queue.none' : 'tables.empty')}
            {...(missing > 0 && state === null ? { text: text('reports.queue.noneMissing', { count: missing }) } : {})}
          />
        }
        tools={
          may('report:review') && free.length > 0 ? (
            <>
              {picked.length < free.length ? (
                <button
                  type="button"
                  className="gl-button"
                  onClick={() => setChosen(new Set(free.map((report) => report.reportId)))}
                >
                  {text('reports.queue.chooseFree', { count: free.length })}
                </button>
              ) : null}
              <button
                type="button"
                className="gl-button gl-button-main"
                disabled={busy || picked.length === 0}
                onClick={() => void accept()}
              >
                {text('reports.queue.accept', { count: picked.length })}
              </button>
            </>
          ) : null
        }
      />
    </>
  )
}
