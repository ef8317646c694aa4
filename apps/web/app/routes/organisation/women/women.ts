import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'

export type WomenGaps = RouterOutputs['women']['listWomenGaps']
export type WomenGap = WomenGaps['rows'][number]
export type Activities = RouterOutputs['women']['listWomenActivities']
export type Rooms = RouterOutputs['women']['listNursingRooms']
export type Screenings = RouterOutputs['women']['listScreenings']
export type FollowUps = RouterOutputs['women']['listFollowUps']
export const faults = ['absent', 'weak', 'late'] as const
export const activityKinds = ['march_eighth', 'training', 'care', 'rights_week', 'contest', 'reading', 'other'] as const
export const results = ['normal', 'follow_up', 'treatment'] as const

/** What the API is asked for, as the address says. One fault: the first chosen. */
export function toGaps(query: TableQuery): RouterInputs['women']['listWomenGaps'] {
  const [fault] = readFilters(query, 'fault', faults)
  return fault === undefined ? {} : { fault }
}
