import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { readYear } from '../day.ts'
import { nameVerdict, readJudging, type Judged } from './flow.ts'

const pageSize = 200

/** `GET /organisation/members/judged/export.csv` and `.xlsx`: each township that search and filter leave, with its trainings. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const year = readYear(args)
  const judging = readJudging(new URL(args.request.url).searchParams, year)
  const rows = await ask(args, async (api) => {
    const gathered: Judged['rows'] = []
    for (let page = 1; ; page += 1) {
      const part = await api.members.judgeTraining({ ...judging, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    `${translate(locale, 'flows.file.judged')} ${year}`,
    [
      { title: translate(locale, 'registers.body'), value: ({ name }) => name },
      { title: translate(locale, 'flows.held'), value: ({ held }) => held },
      { title: translate(locale, 'flows.attendance'), value: ({ attendance }) => attendance },
      { title: translate(locale, 'flows.outgoingAttendance'), value: ({ outgoingAttendance }) => outgoingAttendance },
      {
        title: translate(locale, 'flows.verdict'),
        value: ({ complies }) => translate(locale, `flows.verdict.${nameVerdict(complies)}`),
      },
    ],
    rows,
  )
}
