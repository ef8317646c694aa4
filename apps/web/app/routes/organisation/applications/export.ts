import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readBody } from '../../../body-filter.tsx'
import { selectTableRows } from '../../../table-export.ts'
import { sendTable } from '../../../table-file.ts'
import { listColumns } from './application.ts'

/** `GET /organisation/applications/export.csv` and `.xlsx`: the queue as the page shows it. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const text: Translate = (key, ...params) => translate(args.context.locale, key, ...params)
  const rows = await ask(args, (api) => api.unions.listApplications(readBody(searchParams)))
  const columns = listColumns(text)
  return sendTable(
    args,
    text('applications.title'),
    columns,
    selectTableRows(rows, columns, searchParams, 'applications'),
  )
}
