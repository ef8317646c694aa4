import type { LoaderFunctionArgs } from '@remix-run/node'
import { formatDate, formatDateTime, formatPeriod } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../ask.ts'
import { sendTable, type FileColumn } from '../../table-file.ts'
import { readWorkingPeriod } from './addresses.ts'
import { nameForm } from './names.ts'
import { listMine, type MyReport, type ReviewWork } from './overview.ts'

/** `GET /reports/export.csv?tab=`: the list of that tab. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const period = readWorkingPeriod(searchParams, args.context.now)
  const { locale } = args.context
  const asked = searchParams.get('tab')
  const tab = asked === 'review' || asked === 'missing' ? asked : 'mine'
  const name = `${translate(locale, `reports.tab.${tab}`)} ${formatPeriod(period, locale)}`
  const head: FileColumn<MyReport | ReviewWork>[] = [
    { title: translate(locale, 'reports.column.form'), value: (row) => nameForm(row.form, locale) },
    { title: translate(locale, 'frame.period'), value: (row) => formatPeriod(row.period, locale) },
    { title: translate(locale, 'reports.due'), value: (row) => row.dueOn },
  ]
  if (tab === 'mine') {
    const columns: FileColumn<MyReport>[] = [
      ...head,
      {
        title: translate(locale, 'reports.column.state'),
        value: (row) => translate(locale, `states.report.${row.state}`),
      },
      {
        title: translate(locale, 'reports.late'),
        value: (row) => (row.isLate ? translate(locale, 'reports.late') : ''),
      },
      { title: translate(locale, 'reports.column.filled'), value: (row) => row.filled },
      { title: translate(locale, 'reports.column.fillable'), value: (row) => row.fillable },
      {
        title: translate(locale, 'reports.column.submitted'),
        value: (row) => (row.submittedAt ? formatDateTime(row.submittedAt) : ''),
      },
    ]
    return sendTable(args, name, columns, await ask(args, (api) => listMine(api, period)))
  }
  const work = await ask(args, (api) => api.reviews.listReviewWork({ period }))
  const columns: FileColumn<ReviewWork>[] = [
    ...head,
    { title: translate(locale, 'reports.column.expected'), value: (row) => row.expected },
    { title: translate(locale, 'reports.column.waiting'), value: (row) => row.waiting },
    {
      title: translate(locale, 'reports.column.since'),
      value: (row) => (row.waitingSince ? formatDate(row.waitingSince) : ''),
    },
    { title: translate(locale, 'reports.column.withWarnings'), value: (row) => row.withWarnings },
    { title: translate(locale, 'reports.column.corrections'), value: (row) => row.corrections },
    { title: translate(locale, 'reports.changed'), value: (row) => row.changed },
    { title: translate(locale, 'states.report.returned'), value: (row) => row.returned },
    { title: translate(locale, 'states.report.accepted'), value: (row) => row.accepted },
    { title: translate(locale, 'reports.tab.missing'), value: (row) => row.missing },
  ]
  return sendTable(args, name, columns, tab === 'review' ? work : work.filter((row) => row.missing > 0))
}
