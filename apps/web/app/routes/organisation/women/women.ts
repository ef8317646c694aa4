import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readFilters, readSort } from '../../../table-export.ts'
import { womenActivityKinds as activityKinds } from '@gonglian/organisation/codes'
export { screeningResults as results, womenActivityKinds as activityKinds } from '@gonglian/organisation/codes'

export type WomenGaps = RouterOutputs['women']['listWomenGaps']
export type WomenGap = WomenGaps['rows'][number]
export type Activities = RouterOutputs['women']['listWomenActivities']
export type Activity = Activities['rows'][number]
export type Rooms = RouterOutputs['women']['listNursingRooms']
export type Room = Rooms['rows'][number]
export type Screenings = RouterOutputs['women']['listScreenings']
export type Screening = Screenings['rows'][number]
export type FollowUps = RouterOutputs['women']['listFollowUps']
export type FollowUp = FollowUps['rows'][number]
export const faults = ['absent', 'weak', 'late'] as const

const sorts = ['held', '-held', 'persons', '-persons'] as const
const searched = (query: TableQuery) => query.search.trim().slice(0, 80)

/** What the API is asked for, as the address says. */
export function toGaps(query: TableQuery): RouterInputs['women']['listWomenGaps'] {
  return { search: searched(query), faults: readFilters(query, 'fault', faults) }
}

export function toActivities(query: TableQuery, year: number): RouterInputs['women']['listWomenActivities'] {
  const sort = readSort(query, sorts)
  return {
    year,
    search: searched(query),
    kinds: readFilters(query, 'kind', activityKinds),
    ...(sort === undefined ? {} : { sort }),
  }
}

/** Those that are open; those that were closed where only they are chosen. */
export function toRooms(query: TableQuery): RouterInputs['women']['listNursingRooms'] {
  return {
    search: searched(query),
    state: readFilters(query, 'state', ['closed']).length > 0 ? 'closed' : 'open',
  }
}

export function toScreenings(query: TableQuery, year: number): RouterInputs['women']['listScreenings'] {
  const sort = readSort(query, sorts)
  return { year, search: searched(query), ...(sort === undefined ? {} : { sort }) }
}
