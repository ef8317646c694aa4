import type { LoaderFunctionArgs } from '@remix-run/node'
import type { RouterOutputs } from '@gonglian/api'
import { writeFaultyRows, type FaultyRow } from '@gonglian/spreadsheets/writing'
import { translate, translateUnknown, type Locale } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { streamPieces } from '../../../pieces.ts'
import { fileHeaders } from '../../../table-file.ts'

type Rows = RouterOutputs['imports']['readFaultyRows']

const toFaulty = (locale: Locale, { line, cells, problems }: Rows['rows'][number]): FaultyRow => ({
  line,
  cells,
  places: problems.flatMap(({ place }) => (place === null ? [] : [place])),
  reasons: problems.map(({ key, params }) => translateUnknown(locale, key, params)),
})

/** `GET /organisation/imports/:id/faulty.xlsx`: the refused rows as they stood in the file, with the reasons in front, to be mended. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const importId = Number(args.params['id'])
  const { titles, rows } = await ask(args, async (api) => {
    const first = await api.imports.readFaultyRows({ importId })
    const gathered = [...first.rows]
    let last = gathered.at(-1)?.line
    while (last !== undefined) {
      const part: Rows = await api.imports.readFaultyRows({ importId, after: last })
      gathered.push(...part.rows)
      last = part.rows.at(-1)?.line
    }
    return { titles: first.titles, rows: gathered }
  })
  const name = translate(locale, 'imports.faulty.file')
  const pieces = writeFaultyRows(
    {
      sheet: name,
      line: translate(locale, 'imports.faulty.line'),
      reasons: translate(locale, 'imports.faulty.reasons'),
      columns: titles,
    },
    rows.map((row) => toFaulty(locale, row)),
  )
  return new Response(streamPieces(pieces), { headers: fileHeaders(name, 'xlsx') })
}
