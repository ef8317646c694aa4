import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'

/** `GET /organisation/campaigns/export.csv` and `.xlsx`. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { rows } = await ask(args, (api) => api.campaigns.listCampaigns({ pageSize: 200 }))
  return sendTable(
    args,
    translate(locale, 'campaigns.title'),
    [
      { title: translate(locale, 'campaigns.name'), value: ({ name }) => name },
      { title: translate(locale, 'campaigns.from'), value: (row) => row.starts_on },
      { title: translate(locale, 'campaigns.to'), value: (row) => row.ends_on },
      { title: translate(locale, 'campaigns.visits'), value: ({ brought }) => brought.visits },
      { title: translate(locale, 'campaigns.contacted'), value: ({ brought }) => brought.contacted },
      { title: translate(locale, 'campaigns.refused'), value: ({ brought }) => brought.refused },
      { title: translate(locale, 'campaigns.applied'), value: ({ brought }) => brought.applied },
      { title: translate(locale, 'campaigns.unions'), value: ({ brought }) => brought.unions },
      { title: translate(locale, 'campaigns.unionGoal'), value: (row) => row.union_goal },
      { title: translate(locale, 'campaigns.units'), value: ({ brought }) => brought.units },
      { title: translate(locale, 'campaigns.unitGoal'), value: (row) => row.unit_goal },
    ],
    rows,
  )
}
