import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { listColumns, toMissing } from './missing.ts'

/** `GET /organisation/companions/export.csv` and `.xlsx`: every union that lacks a body, as search and filter leave them. */
export async function loader(args: LoaderFunctionArgs) {
  const wanted = toMissing(new URL(args.request.url).searchParams)
  const text: Translate = (key, ...params) => translate(args.context.locale, key, ...params)
  const rows = await ask(args, (api) =>
    readEveryPage((part) => api.unions.listMissingCompanions({ ...wanted, ...part })),
  )
  return sendTable(args, text('companions.title'), listColumns(text), rows)
}
