import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { listColumns, toVisits } from './visit.ts'

/** `GET /organisation/visits/export.csv` and `.xlsx`: every visit that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const wanted = toVisits(new URL(args.request.url).searchParams)
  const text: Translate = (key, ...params) => translate(args.context.locale, key, ...params)
  const rows = await ask(args, (api) => readEveryPage((part) => api.leads.listVisits({ ...wanted, ...part })))
  return sendTable(args, text('visits.title'), listColumns(text), rows)
}
