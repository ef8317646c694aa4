import type { RouterOutputs } from '@gonglian/api'
import type { Translate } from '@gonglian/ui/messages'

export type Campaign = RouterOutputs['campaigns']['listCampaigns']['rows'][number]

/** The columns of the list, for the page and its file. */
export function listColumns(text: Translate) {
  return [
    { key: 'name', title: text('campaigns.name'), value: (row: Campaign) => row.name },
    { key: 'from', title: text('campaigns.from'), value: (row: Campaign) => row.starts_on },
    { key: 'to', title: text('campaigns.to'), value: (row: Campaign) => row.ends_on },
    { key: 'visits', title: text('campaigns.visits'), value: (row: Campaign) => row.brought.visits },
    { key: 'contacted', title: text('campaigns.contacted'), value: (row: Campaign) => row.brought.contacted },
    { key: 'refused', title: text('campaigns.refused'), value: (row: Campaign) => row.brought.refused },
    { key: 'applied', title: text('campaigns.applied'), value: (row: Campaign) => row.brought.applied },
    { key: 'unions', title: text('campaigns.unions'), value: (row: Campaign) => row.brought.unions },
    { key: 'unionGoal', title: text('campaigns.unionGoal'), value: (row: Campaign) => row.union_goal },
    { key: 'units', title: text('campaigns.units'), value: (row: Campaign) => row.brought.units },
    { key: 'unitGoal', title: text('campaigns.unitGoal'), value: (row: Campaign) => row.unit_goal },
    { key: 'body', title: text('unions.body'), value: (row: Campaign) => row.bodyName },
  ] as const
}
