import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { mayDo } from '@gonglian/tenancy/permissions'
import { formatPeriod, useLocale, useText } from '@gonglian/ui'
import { ask } from '../../ask.ts'
import reportStyles from '../../styles/reports.css?url'
import { titlePage } from '../../titles.ts'
import { readWorkingPeriod } from './addresses.ts'
import { useFreshData } from './following.ts'
import { listMine } from './overview.ts'
import { MissingTable } from './missing-table.tsx'
import { MineTable } from './mine-table.tsx'
import { ReviewTable } from './review-table.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: reportStyles }]
export const meta = titlePage('frame.nav.reports')

const tabs = ['mine', 'review', 'missing'] as const

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const period = readWorkingPeriod(searchParams, args.context.now)
  const roles = args.context.visitor?.roles ?? []
  return ask(args, async (api) => {
    const mine = await listMine(api, period)
    const urges = await api.urges.listReceivedUrges()
    const work = await api.reviews.listReviewWork({ period })
    const allowed = tabs.filter((tab) => {
      if (tab === 'mine') return true
      return work.length > 0 && mayDo(roles, tab === 'review' ? 'report:review' : 'urge:send')
    })
    const first = mayDo(roles, 'report:fill') || !allowed.includes('review') ? 'mine' : 'review'
    const tab = allowed.find((known) => known === searchParams.get('tab')) ?? first
    return { period, tab, allowed, mine, work, urges }
  })
}

/** What a body reports, reviews and waits for. */
export default function ReportsPage() {
  const { period, tab, allowed, mine, work, urges } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  useFreshData(() => true)
  const counts = {
    mine: mine.filter((report) => report.state === 'returned' || (report.daysLeft !== null && report.daysLeft < 0))
      .length,
    review: work.reduce((sum, row) => sum + row.waiting + row.corrections + row.changed, 0),
    missing: work.reduce((sum, row) => sum + (row.isOverdue ? row.missing : 0), 0),
  }
  return (
    <>
      <div className="report-head">
        <h1>{text('frame.nav.reports')}</h1>
        <span className="gl-hint">{formatPeriod(period, locale)}</span>
      </div>
      {allowed.length > 1 ? (
        <nav className="report-tabs" aria-label={text('reports.tabs')}>
          {allowed.map((known) => (
            <Link
              key={known}
              to={`?${new URLSearchParams({ tab: known, period }).toString()}`}
              aria-current={known === tab ? 'page' : undefined}
              preventScrollReset
            >
              {text(`reports.tab.${known}`)}
              {counts[known] > 0 ? <span className="report-count">{counts[known]}</span> : null}
            </Link>
          ))}
        </nav>
      ) : null}
      {tab === 'mine' ? (
        <MineTable reports={mine} urges={urges} period={period} />
      ) : tab === 'review' ? (
        <ReviewTable work={work} period={period} />
      ) : (
        <MissingTable work={work} period={period} />
      )}
    </>
  )
}
