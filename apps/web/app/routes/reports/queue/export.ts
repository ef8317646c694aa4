import type { LoaderFunctionArgs } from '@remix-run/node'
import { formatDateTime, formatPeriod } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { nameForm } from '../names.ts'
import { askQueue } from './question.ts'

/** `GET /reports/review/:form/:period/export.csv` and `.xlsx`: the queue as the address shows it, all its pages. */
export async function loader(args: LoaderFunctionArgs) {
  const { form: code = '', period = '' } = args.params
  const { searchParams } = new URL(args.request.url)
  const { locale } = args.context
  const { form, reports } = await ask(args, async (api) => {
    const form = await api.forms.getForm({ code })
    const question = { ...askQueue(searchParams, form.id, period), page: 1, pageSize: 500 }
    return { form, reports: (await api.reviews.listReviewQueue(question)).reports }
  })
  return sendTable(
    args,
    `${translate(locale, 'reports.queue.title')} ${nameForm(form, locale)} ${formatPeriod(period, locale)}`,
    [
      { title: translate(locale, 'reports.column.body'), value: (row) => row.body.name },
      { title: translate(locale, 'reports.column.code'), value: (row) => row.body.code },
      {
        title: translate(locale, 'reports.column.state'),
        value: (row) => translate(locale, `states.report.${row.state}`),
      },
      {
        title: translate(locale, 'reports.column.submitted'),
        value: (row) => (row.submittedAt ? formatDateTime(row.submittedAt) : ''),
      },
      { title: translate(locale, 'reports.due'), value: (row) => row.dueOn },
      {
        title: translate(locale, 'reports.late'),
        value: (row) => (row.isLate ? translate(locale, 'reports.late') : ''),
      },
      { title: translate(locale, 'reports.column.openWarnings'), value: (row) => row.openWarnings },
      { title: translate(locale, 'reports.column.correction'), value: (row) => row.correctionReason },
    ],
    reports,
  )
}
