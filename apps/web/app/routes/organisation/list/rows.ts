import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'
import { rowOutcomes as outcomes } from '@gonglian/organisation/codes'
export { rowOutcomes as outcomes } from '@gonglian/organisation/codes'

export type ListRow = RouterOutputs['lists']['listRows']['rows'][number]

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
