import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readBody } from '../../../body-filter.tsx'
import { selectTableRows } from '../../../table-export.ts'
import { sendTable } from '../../../table-file.ts'
import { listColumns } from './staffing.ts'

/** `GET /organisation/staffing/export.csv` and `.xlsx`: the list as the page shows it. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const text: Translate = (key, ...params) => translate(args.context.locale, key, ...params)
  const rows = await ask(args, (api) =>
    api.unions.listStaffing({ ...readBody(searchParams), onlyGaps: searchParams.get('gaps') === 'only' }),
  )
  const columns = listColumns(text)
  return sendTable(args, text('staffing.title'), columns, selectTableRows(rows, columns, searchParams, 'staffing'))
}
