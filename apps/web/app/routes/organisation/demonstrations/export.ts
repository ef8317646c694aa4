import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { listColumns, toDemonstrations } from './demonstration.ts'

/** `GET /organisation/demonstrations/export.csv` and `.xlsx`: the list as search and filter leave it. */
export async function loader(args: LoaderFunctionArgs) {
  const wanted = toDemonstrations(new URL(args.request.url).searchParams)
  const text: Translate = (key, ...params) => translate(args.context.locale, key, ...params)
  const rows = await ask(args, (api) => readEveryPage((part) => api.unions.listDemonstrations({ ...wanted, ...part })))
  return sendTable(args, text('demonstrations.title'), listColumns(text), rows)
}
