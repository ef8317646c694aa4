import type { LoaderFunctionArgs } from '@remix-run/node'
import { formatDate, formatPeriod } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { nameForm } from '../names.ts'
import type { Absent } from './absent-table.tsx'
import { askAbsent } from './question.ts'

const pageSize = 500
const mostPages = 120

/** `GET /reports/missing/:form/:period/export.csv` and `.xlsx`: everybody the address asks for, page after page. */
export async function loader(args: LoaderFunctionArgs) {
  const { form: code = '', period = '' } = args.params
  const { searchParams } = new URL(args.request.url)
  const { locale } = args.context
  const { form, absent } = await ask(args, async (api) => {
    const form = await api.forms.getForm({ code })
    const absent: Absent[] = []
    for (let page = 1; page <= mostPages; page++) {
      const { missing, total } = await api.reviews.listMissing({
        ...askAbsent(searchParams, code, period),
        page,
        pageSize,
      })
      absent.push(...missing)
      if (missing.length === 0 || absent.length >= total) break
    }
    return { form, absent }
  })
  return sendTable(
    args,
    `${translate(locale, 'reports.tab.missing')} ${nameForm(form, locale)} ${formatPeriod(period, locale)}`,
    [
      { title: translate(locale, 'reports.column.body'), value: (row) => row.name },
      { title: translate(locale, 'reports.column.code'), value: (row) => row.code },
      { title: translate(locale, 'reports.column.parent'), value: (row) => row.parentName },
      {
        title: translate(locale, 'reports.column.state'),
        value: (row) => translate(locale, `states.report.${row.state}`),
      },
      { title: translate(locale, 'reports.due'), value: (row) => row.dueOn },
      { title: translate(locale, 'reports.column.daysLate'), value: (row) => row.daysLate },
      {
        title: translate(locale, 'reports.column.urged'),
        value: (row) => (row.urgedAt ? formatDate(row.urgedAt) : ''),
      },
    ],
    absent,
  )
}
