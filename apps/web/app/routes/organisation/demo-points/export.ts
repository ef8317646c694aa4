import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { readListing, type DemoPoint } from './point.ts'

const pageSize = 200

/** `GET /organisation/demo-points/export.csv` and `.xlsx`: the points that search and topic leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const listing = readListing(new URL(args.request.url).searchParams)
  const rows = await ask(args, async (api) => {
    const gathered: DemoPoint[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.ratings.listDemoPoints({ ...listing, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'demoPoints.title'),
    [
      { title: translate(locale, 'registers.union'), value: ({ unionName }) => unionName },
      {
        title: translate(locale, 'demoPoints.topic'),
        value: ({ topic }) => translate(locale, `demoPoints.topic.${topic}`),
      },
      { title: translate(locale, 'demoPoints.namedOn'), value: ({ namedOn }) => namedOn },
      { title: translate(locale, 'demoPoints.namedBy'), value: ({ namedByName }) => namedByName },
      { title: translate(locale, 'demoPoints.reason'), value: ({ reason }) => reason },
    ],
    rows,
  )
}
