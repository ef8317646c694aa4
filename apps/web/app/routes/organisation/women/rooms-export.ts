import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { toRooms, type Room } from './women.ts'

const pageSize = 200

/** `GET /organisation/women/rooms/export.csv` and `.xlsx`: rest and nursing rooms that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { searchParams } = new URL(args.request.url)
  const wanted = toRooms(readTableQuery(searchParams, 'rooms'), searchParams)
  const rows = await ask(args, async (api) => {
    const gathered: Room[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.women.listNursingRooms({ ...wanted, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'women.rooms'),
    [
      { title: translate(locale, 'women.room.place'), value: ({ place }) => place },
      { title: translate(locale, 'women.place'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      { title: translate(locale, 'women.room.opened'), value: ({ openedOn }) => openedOn },
      { title: translate(locale, 'women.room.closed'), value: ({ closedOn }) => closedOn },
      { title: translate(locale, 'registers.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
