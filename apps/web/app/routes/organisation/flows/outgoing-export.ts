import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { selectTableRows } from '../../../table-export.ts'
import { sendTable } from '../../../table-file.ts'
import type { Outgoing } from './flow.ts'

/** `GET /organisation/members/flows/export.csv` and `.xlsx`: where outgoing members are, as the page shows it. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const outgoing = await ask(args, (api) => api.members.listOutgoing())
  const columns = [
    {
      key: 'destination',
      title: translate(locale, 'flows.destination'),
      value: ({ destination }: Outgoing) => destination,
    },
    { key: 'members', title: translate(locale, 'flows.members'), value: ({ members }: Outgoing) => members },
  ]
  const rows = selectTableRows(outgoing, columns, new URL(args.request.url).searchParams, 'outgoing')
  return sendTable(args, translate(locale, 'flows.file.outgoing'), columns, rows)
}
