import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { readYear } from '../day.ts'
import type { Trainings } from './flow.ts'

const pageSize = 200

/** `GET /organisation/members/trainings/export.csv` and `.xlsx`: the trainings of a year. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const year = readYear(args)
  const rows = await ask(args, async (api) => {
    const gathered: Trainings['rows'] = []
    for (let page = 1; ; page += 1) {
      const part = await api.members.listRightsTrainings({ year, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    `${translate(locale, 'flows.file.trainings')} ${year}`,
    [
      { title: translate(locale, 'flows.heldOn'), value: ({ heldOn }) => heldOn },
      { title: translate(locale, 'flows.topic'), value: ({ topic }) => topic },
      { title: translate(locale, 'flows.attendance'), value: ({ attendance }) => attendance },
      { title: translate(locale, 'flows.outgoingAttendance'), value: ({ outgoingAttendance }) => outgoingAttendance },
      { title: translate(locale, 'registers.body'), value: ({ bodyName }) => bodyName },
      { title: translate(locale, 'flows.by'), value: ({ actor }) => actor },
    ],
    rows,
  )
}
