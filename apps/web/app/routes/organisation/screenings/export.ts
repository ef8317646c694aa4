import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { readYear } from '../day.ts'
import { toScreenings, type Screening } from '../women/women.ts'

const pageSize = 200

/** `GET /organisation/women/screenings/export.csv` and `.xlsx`: screenings of the year as person-times; results leave in no file. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const query = readTableQuery(new URL(args.request.url).searchParams, 'screenings')
  const wanted = toScreenings(query, readYear(args))
  const rows = await ask(args, async (api) => {
    const gathered: Screening[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.women.listScreenings({ ...wanted, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'women.screening'),
    [
      { title: translate(locale, 'women.heldOn'), value: ({ heldOn }) => heldOn },
      { title: translate(locale, 'women.hospital'), value: ({ hospital }) => hospital },
      { title: translate(locale, 'women.place'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      { title: translate(locale, 'women.persons'), value: ({ persons }) => persons },
      { title: translate(locale, 'registers.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
