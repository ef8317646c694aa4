import type { RouterInputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'

export const electionStates = ['asked', 'approved', 'held', 'confirmed', 'returned', 'failed', 'withdrawn'] as const

/** Which elections the address asks for. */
export function toElections(params: URLSearchParams): RouterInputs['terms']['listElections'] {
  return { states: readFilters(readTableQuery(params, 'elections'), 'state', electionStates) }
}
