import type { RouterInputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import { readFilters, readSort } from '../../../table-export.ts'

export const electionStates = ['asked', 'approved', 'held', 'confirmed', 'returned', 'failed', 'withdrawn'] as const

/** Which elections the address asks for. */
export function toElections(params: URLSearchParams): RouterInputs['terms']['listElections'] {
  const query = readTableQuery(params, 'elections')
  const sort = readSort(query, ['planned', '-planned', 'held', '-held'] as const)
  return {
    search: query.search.trim().slice(0, 80),
    states: readFilters(query, 'state', electionStates),
    ...(sort === undefined ? {} : { sort }),
  }
}
