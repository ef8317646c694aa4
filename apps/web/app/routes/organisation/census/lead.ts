import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'
import { leadStates } from '@gonglian/organisation/codes'
export { leadStates } from '@gonglian/organisation/codes'

export type Lead = RouterOutputs['leads']['listLeads']['rows'][number]
type Listing = RouterInputs['leads']['listLeads']

export const founderParts = ['instructor', 'group_leader', 'group_member', 'proposed_chair'] as const
const sorts = { headcount: 'headcount', due: 'due' } as const

/** What the API is asked for, as the address says. */
export function toListing(query: TableQuery): Listing {
  const sort = Object.entries(sorts).find(([key]) => key === query.sort)?.[1]
  return {
    search: query.search.trim().slice(0, 80),
    states: readFilters(query, 'state', leadStates),
    overdue: readFilters(query, 'due', ['overdue']).length > 0,
    ...(sort === undefined ? {} : { sort }),
  }
}
