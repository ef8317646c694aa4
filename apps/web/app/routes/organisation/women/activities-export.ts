import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { readYear } from '../day.ts'
import { toActivities, type Activity } from './women.ts'

const pageSize = 200

/** `GET /organisation/women/activities/export.csv` and `.xlsx`: the activities of the year that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const query = readTableQuery(new URL(args.request.url).searchParams, 'activities')
  const wanted = toActivities(query, readYear(args))
  const rows = await ask(args, async (api) => {
    const gathered: Activity[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.women.listWomenActivities({ ...wanted, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'women.activity'),
    [
      { title: translate(locale, 'women.activity'), value: ({ name }) => name },
      {
        title: translate(locale, 'women.activity.kind'),
        value: ({ kind }) => translate(locale, `women.activityKind.${kind}`),
      },
      { title: translate(locale, 'women.place'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      { title: translate(locale, 'women.heldOn'), value: ({ heldOn }) => heldOn },
      { title: translate(locale, 'women.persons'), value: ({ persons }) => persons },
      { title: translate(locale, 'registers.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
