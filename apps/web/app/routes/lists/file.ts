import type { LoaderFunctionArgs } from '@remix-run/node'
import { readListAddress } from '@gonglian/records/declared'
import { ask } from '../../ask.ts'
import { listColumns, nameList } from '../../records/list-columns.ts'
import { findView } from '../../records/views.ts'
import { wordsOf } from '../../records/words.ts'
import { sendTable } from '../../table-file.ts'

/** `GET /lists/<list>.csv` and `.xlsx`: every row that search and filters leave, of any declared list. */
export async function loader(args: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(args.request.url)
  const view = findView(/\/lists\/([\w.]+)\.(?:csv|xlsx)$/.exec(pathname)?.[1] ?? '')
  const question = { ...readListAddress(view, searchParams) }
  const words = wordsOf(args.context.locale)
  const { rows } = await ask(args, (api) => api.records.readFile({ path: view.path, question }))
  return sendTable(
    args,
    nameList(view, question, args.context.now, words),
    listColumns(view, words),
    rows.map((row) => ({ ...row })),
  )
}
