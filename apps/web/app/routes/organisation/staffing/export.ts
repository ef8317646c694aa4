import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { listColumns, toStaffing } from './staffing.ts'

/** `GET /organisation/staffing/export.csv` and `.xlsx`: every place that search and filter leave. */
export async function loader(args: LoaderFunctionArgs) {
  const wanted = toStaffing(new URL(args.request.url).searchParams)
  const text: Translate = (key, ...params) => translate(args.context.locale, key, ...params)
  const rows = await ask(args, (api) => readEveryPage((part) => api.unions.listStaffing({ ...wanted, ...part })))
  return sendTable(args, text('staffing.title'), listColumns(text), rows)
}
