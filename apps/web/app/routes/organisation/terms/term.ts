import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'
import { bodies } from '../union/union.ts'

export type Term = RouterOutputs['terms']['listTerms']['rows'][number]
export const termStates = ['overdue', 'due_soon', 'in_election', 'extended', 'running', 'ended'] as const

/** What the API is asked for, as the address says. */
export function toTerms(query: TableQuery): RouterInputs['terms']['listTerms'] {
  const [endsBy] = query.filters['endsBy'] ?? []
  return {
    search: query.search.trim().slice(0, 80),
    ...(endsBy !== undefined && /^\d{4}-\d\d-\d\d$/.test(endsBy) ? { endsBy } : {}),
    states: readFilters(query, 'state', termStates),
    bodies: readFilters(query, 'body', bodies),
  }
}
