import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { listColumns, toApplications } from './application.ts'

/** `GET /organisation/applications/export.csv` and `.xlsx`: the queue as search and filter leave it. */
export async function loader(args: LoaderFunctionArgs) {
  const wanted = toApplications(new URL(args.request.url).searchParams)
  const text: Translate = (key, ...params) => translate(args.context.locale, key, ...params)
  const rows = await ask(args, (api) => readEveryPage((part) => api.unions.listApplications({ ...wanted, ...part })))
  return sendTable(args, text('applications.title'), listColumns(text), rows)
}
