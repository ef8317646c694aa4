import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { toGaps, type WomenGap } from './women.ts'

const pageSize = 200

/** `GET /organisation/women/export.csv` and `.xlsx`: every union whose women’s committee or member is missing, weak or late. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { searchParams } = new URL(args.request.url)
  const listing = toGaps(readTableQuery(searchParams, 'gaps'), searchParams)
  const rows = await ask(args, async (api) => {
    const gathered: WomenGap[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.women.listWomenGaps({ ...listing, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'women.gaps'),
    [
      { title: translate(locale, 'registers.union'), value: ({ unionName }) => unionName },
      { title: translate(locale, 'women.fault'), value: ({ fault }) => translate(locale, `women.fault.${fault}`) },
      { title: translate(locale, 'women.count'), value: ({ women }) => women },
      { title: translate(locale, 'women.founded'), value: ({ foundedOn }) => foundedOn },
      { title: translate(locale, 'women.formed'), value: ({ formedOn }) => formedOn },
      { title: translate(locale, 'registers.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
