import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { selectTableRows } from '../../../table-export.ts'
import { sendTable } from '../../../table-file.ts'
import { listColumns } from './campaign.ts'

/** `GET /organisation/campaigns/export.csv` and `.xlsx`: the campaigns as the page shows them. */
export async function loader(args: LoaderFunctionArgs) {
  const text: Translate = (key, ...params) => translate(args.context.locale, key, ...params)
  const { rows } = await ask(args, (api) => api.campaigns.listCampaigns({ pageSize: 200 }))
  const columns = listColumns(text)
  const { searchParams } = new URL(args.request.url)
  return sendTable(args, text('campaigns.title'), columns, selectTableRows(rows, columns, searchParams, 'campaigns'))
}
