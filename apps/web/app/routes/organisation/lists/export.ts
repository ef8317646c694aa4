import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { listColumns, toLists } from './list.ts'

/** `GET /organisation/lists/export.csv` and `.xlsx`: every list that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const wanted = toLists(new URL(args.request.url).searchParams)
  const text: Translate = (key, ...params) => translate(args.context.locale, key, ...params)
  const rows = await ask(args, (api) => readEveryPage((part) => api.lists.listLists({ ...wanted, ...part })))
  return sendTable(args, text('lists.title'), listColumns(text), rows)
}
