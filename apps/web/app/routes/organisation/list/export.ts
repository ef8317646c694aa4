import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { knownOf } from '../unions/union.ts'
import { outcomes, toRows, type ListRow } from './rows.ts'

const pageSize = 200

/** `GET /organisation/lists/:id/export.csv` and `.xlsx`: the rows of a list with what became of them. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const wanted = toRows(Number(args.params['id']), new URL(args.request.url).searchParams)
  const rows = await ask(args, async (api) => {
    const gathered: ListRow[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.lists.listRows({ ...wanted, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'lists.title'),
    [
      { title: translate(locale, 'lists.row'), value: ({ rowNo }) => rowNo },
      { title: translate(locale, 'employers.name'), value: ({ name }) => name },
      { title: translate(locale, 'employers.creditCode'), value: ({ creditCode }) => creditCode },
      { title: translate(locale, 'unions.headcount'), value: ({ headcount }) => headcount },
      {
        title: translate(locale, 'lists.outcome'),
        value: ({ outcome }) => {
          const known = knownOf(outcomes, outcome)
          return known === null ? outcome : translate(locale, `lists.outcome.${known}`)
        },
      },
      { title: translate(locale, 'lists.faults'), value: ({ faults }) => faults.join(', ') },
    ],
    rows,
  )
}
