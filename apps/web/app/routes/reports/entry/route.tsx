import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { formatDateTime, formatPeriod, useLocale, useText, FileLinks } from '@gonglian/ui'
import { useAddress } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import reportStyles from '../../../styles/reports.css?url'
import { titlePage } from '../../../titles.ts'
import { entryPath } from '../addresses.ts'
import { countDaysTo } from '../age.tsx'
import { useFollowedPeriod, useFreshData } from '../following.ts'
import { nameForm } from '../names.ts'
import { DueMark, StandingMark } from '../standing.tsx'
import { ReadSheet } from './read-sheet.tsx'
import { TypedSheet } from './typed-sheet.tsx'
import { VersionDrawer } from './version-drawer.tsx'
import { exportsOf } from '../../../table-export.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: reportStyles }]
export const meta = titlePage('reports.entry.title')

export async function loader(args: LoaderFunctionArgs) {
  const { form = '', period = '' } = args.params
  const body = new URL(args.request.url).searchParams.get('body')
  return ask(args, async (api) => {
    const report = await api.reports.getReport({ form, period, ...(body === null ? {} : { body }) })
    const urges = report.isOwn ? await api.urges.listReceivedUrges() : []
    return {
      report,
      now: args.context.now,
      urge: urges.find((urge) => urge.formId === report.form.id && urge.period === report.period) ?? null,
    }
  })
}

/** One report: typed by its owner, read by those above. */
export default function EntryPage() {
  const { report, now, urge } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const { params, change } = useAddress()
  const { form, body, period } = report
  const bodyCode = report.isOwn ? undefined : body.code
  useFollowedPeriod(period, (next) => entryPath(form.code, next, bodyCode))
  useFreshData((moved) => moved.formId === form.id && moved.period === period)
  const isWaiting = report.state === 'not_started' || report.isEditable
  const daysLeft = isWaiting ? countDaysTo(report.dueOn, now) : null
  const close = () => change({ panel: null })
  return (
    <div className="report-page">
      <header className="report-head">
        <div>
          <h1>{nameForm(form, locale)}</h1>
          <p className="report-facts">
            <span>{formatPeriod(period, locale)}</span>
            <span>{body.name}</span>
            <StandingMark state={report.state} isLate={report.isLate} isZero={report.isZero} />
            <span>
              {text('reports.due')}{' '}
              <DueMark dueOn={report.dueOn} daysLeft={daysLeft} isProvisional={report.isDueProvisional} />
            </span>
          </p>
        </div>
        <span className="report-tools">
          <button type="button" className="gl-button" onClick={() => change({ panel: 'versions' })}>
            {text('reports.versions')}
          </button>
          <FileLinks
            {...exportsOf(
              `/reports/${form.code}/${period}/export.csv${bodyCode === undefined ? '' : `?body=${bodyCode}`}`,
            )}
          />
        </span>
      </header>
      {urge && isWaiting ? (
        <p className="report-notice">
          {text('reports.urged', { who: urge.from?.name ?? '', when: formatDateTime(urge.at) })}
          {urge.message === '' ? null : <q>{urge.message}</q>}
        </p>
      ) : null}
      {report.isOwn ? (
        <TypedSheet key={`${form.code} ${period}`} report={report} now={now} />
      ) : (
        <ReadSheet key={`${form.code} ${period} ${body.code}`} report={report} />
      )}
      <VersionDrawer report={report} open={params.get('panel') === 'versions'} onClose={close} />
    </div>
  )
}
