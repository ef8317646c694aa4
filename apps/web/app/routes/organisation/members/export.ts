import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Locale } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { csvMark, writeCsvLine, writeWorkbookLines } from '@gonglian/spreadsheets/writing'
import { streamPieces } from '../../../pieces.ts'
import { fileHeaders } from '../../../table-file.ts'
import { employments, kinds, readFilter, states } from './member.ts'

type Line = readonly (string | null)[]
type Lines = readonly Line[]

/** Where the coded values stand in a line; what is none of them (titles, who took it out) stays as it is. */
const places = { state: 5, kind: 6, employment: 7 } as const

function sayCodes(cells: Line, locale: Locale): Line {
  const state = states.find((known) => known === cells[places.state])
  const kind = kinds.find((known) => known === cells[places.kind])
  const employment = employments.find((known) => known === cells[places.employment])
  if (!state || !kind || !employment) return cells
  return cells
    .with(places.state, translate(locale, `members.state.${state}`))
    .with(places.kind, translate(locale, `members.kind.${kind}`))
    .with(places.employment, translate(locale, `members.employment.${employment}`))
}

async function* writeCsvLines(pieces: AsyncIterable<Lines>): AsyncGenerator<string> {
  yield csvMark
  for await (const lines of pieces) yield lines.map(writeCsvLine).join('')
}

/**
 * `GET /organisation/members/export.csv` and `.xlsx`: the register as the filters leave it, numbers masked, taken down under a number of
 * its own; with `begun`, the file that was begun with a reason. However long, only a piece of it is held.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { locale, door, visitor } = args.context
  const { pathname, searchParams } = new URL(args.request.url)
  const kind = pathname.endsWith('.xlsx') ? 'xlsx' : 'csv'
  const begun = Number(searchParams.get('begun'))
  const [first, rest] = await ask(args, async (api) => {
    const { id } = begun > 0 ? { id: begun } : await api.members.startExport({ filter: readFilter(searchParams) })
    if (visitor === null) throw new Error('Asked by nobody')
    const pieces = door.openExport(visitor, id)
    // Refusals come before the first line.
    return [await pieces.next(), pieces] as const
  })
  async function* all(): AsyncGenerator<Lines> {
    if (first.done !== true) yield first.value.map((cells) => sayCodes(cells, locale))
    for await (const lines of rest) yield lines.map((cells) => sayCodes(cells, locale))
  }
  const name = translate(locale, 'members.export.file')
  const content = kind === 'xlsx' ? writeWorkbookLines(name, all(), { frozen: 2, columns: 12 }) : writeCsvLines(all())
  return new Response(streamPieces(content), { headers: fileHeaders(name, kind) })
}
