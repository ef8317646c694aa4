import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import type { Translate } from '@gonglian/ui/messages'
import { readBody } from '../../../body-filter.tsx'

export type Demonstration = RouterOutputs['unions']['listDemonstrations']['rows'][number]

/** Which units the address asks for. */
export function toDemonstrations(params: URLSearchParams): RouterInputs['unions']['listDemonstrations'] {
  return { ...readBody(params), search: readTableQuery(params, 'demonstrations').search.trim().slice(0, 80) }
}

/** The columns of the list, for the page and its file. */
export function listColumns(text: Translate) {
  return [
    { key: 'title', title: text('demonstrations.name'), value: (row: Demonstration) => row.title },
    { key: 'union', title: text('unions.name'), value: (row: Demonstration) => row.unionName },
    {
      key: 'branch',
      title: text('demonstrations.branch'),
      value: (row: Demonstration) => (row.partyBranch === '' ? null : row.partyBranch),
    },
    { key: 'on', title: text('demonstrations.on'), value: (row: Demonstration) => row.namedOn },
    { key: 'body', title: text('unions.body'), value: (row: Demonstration) => row.bodyName },
  ] as const
}
