import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'

export type ListRow = RouterOutputs['lists']['listRows']['rows'][number]
export const outcomes = ['waiting', 'code', 'name', 'ambiguous', 'added', 'decided', 'dropped'] as const

/** Which rows of a list the address asks for. */
export function toRows(listId: number, params: URLSearchParams): RouterInputs['lists']['listRows'] {
  const query = readTableQuery(params, 'rows')
  const [outcome] = readFilters(query, 'outcome', outcomes)
  return {
    listId,
    faulty: readFilters(query, 'faults', ['faulty']).length > 0,
    ...(outcome === undefined ? {} : { outcome }),
  }
}
