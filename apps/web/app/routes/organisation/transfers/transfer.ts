import type { RouterOutputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'
import { transferStates } from '@gonglian/organisation/codes'
export { transferStates } from '@gonglian/organisation/codes'

export type Transfer = RouterOutputs['transfers']['listTransfers']['rows'][number]
export const directions = ['received', 'sent'] as const

/** What the API is asked for, as the address says; without a choice, those received. */
export function readListing(params: URLSearchParams) {
  const query = readTableQuery(params, 'transfers')
  const direction = directions.find((known) => known === params.get('direction')) ?? 'received'
  const [state, more] = readFilters(query, 'state', transferStates)
  return { direction, ...(state === undefined || more !== undefined ? {} : { state }) }
}
