import type { RouterInputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import { readBody } from '../../../body-filter.tsx'
import { readFilters } from '../../../table-export.ts'
export { letterOutcomes } from '@gonglian/organisation/codes'

/** Which letters the address asks for. */
export function toLetters(params: URLSearchParams): RouterInputs['leads']['listLetters'] {
  const query = readTableQuery(params, 'letters')
  const [open] = readFilters(query, 'outcome', ['overdue', 'open'])
  return {
    ...readBody(params),
    search: query.search.trim().slice(0, 80),
    ...(open === undefined ? {} : { open }),
  }
}
