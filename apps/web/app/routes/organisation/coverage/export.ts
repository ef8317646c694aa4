import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { listColumns, toCovered } from './covered.ts'

/** `GET /organisation/coverage/export.csv` and `.xlsx`: every covered unit that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const wanted = toCovered(new URL(args.request.url).searchParams)
  const text: Translate = (key, ...params) => translate(args.context.locale, key, ...params)
  const rows = await ask(args, (api) => readEveryPage((part) => api.coverage.listCoverage({ ...wanted, ...part })))
  return sendTable(args, text('coverage.title'), listColumns(text), rows)
}
