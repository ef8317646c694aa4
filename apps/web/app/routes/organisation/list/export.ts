import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { knownOf } from '../unions/union.ts'
import { outcomes, toRows } from './rows.ts'

/** `GET /organisation/lists/:id/export.csv` and `.xlsx`: the rows of a list with what became of them. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const wanted = toRows(Number(args.params['id']), new URL(args.request.url).searchParams)
  const rows = await ask(args, (api) => readEveryPage((part) => api.lists.listRows({ ...wanted, ...part })))
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
