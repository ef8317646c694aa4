import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readBody } from '../../../body-filter.tsx'
import { readFilters, readSort } from '../../../table-export.ts'
export { screeningResults as results } from '@gonglian/organisation/codes'

export type WomenGaps = RouterOutputs['women']['listWomenGaps']
export type WomenGap = WomenGaps['rows'][number]
export type Screenings = RouterOutputs['women']['listScreenings']
export type Screening = Screenings['rows'][number]
export type FollowUps = RouterOutputs['women']['listFollowUps']
export type FollowUp = FollowUps['rows'][number]
export const faults = ['absent', 'weak', 'late'] as const

const sorts = ['held', '-held', 'persons', '-persons'] as const
const searched = (query: TableQuery) => query.search.trim().slice(0, 80)

/** What the API is asked for, as the address says. */
export function toGaps(query: TableQuery, params: URLSearchParams): RouterInputs['women']['listWomenGaps'] {
  return { ...readBody(params), search: searched(query), faults: readFilters(query, 'fault', faults) }
}

export function toScreenings(query: TableQuery, year: number): RouterInputs['women']['listScreenings'] {
  const sort = readSort(query, sorts)
  return { year, search: searched(query), ...(sort === undefined ? {} : { sort }) }
}
