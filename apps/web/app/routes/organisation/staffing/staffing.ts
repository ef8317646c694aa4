import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'

export type Staffing = RouterOutputs['cadres']['readStaffing']
export type TownshipStaffing = RouterOutputs['unions']['listStaffing'][number]

/** Of the township federations all, or those that lack somebody. */
export function toTownships(query: TableQuery): RouterInputs['unions']['listStaffing'] {
  return { onlyGaps: readFilters(query, 'short', ['yes']).length > 0 }
}

/** How many are lacking in all. */
export function countShort({ short }: TownshipStaffing): number {
  return short.chairs + short.fullTimeVices + short.partTimeVices + short.institutionPosts
}
