import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'
import { ownerships, unitClasses } from '../unions/union.ts'
import { listSources } from '@gonglian/organisation/codes'
export { listSources } from '@gonglian/organisation/codes'

export type Employer = RouterOutputs['employers']['listEmployers']['rows'][number]
export type EmployerRow = RouterOutputs['employers']['getEmployer']['employer']
export type Gap = RouterOutputs['employers']['summariseGap']
export type Rates = RouterOutputs['employers']['rankRates']
type Listing = RouterInputs['employers']['listEmployers']

export const employerStates = ['operating', 'suspended', 'restructured', 'closed', 'moved'] as const
/** What the column "union" is filtered by. */
export const gaps = ['with', 'without', 'should', 'party'] as const
const sorts = { name: 'name', headcount: 'headcount' } as const

/** What the API is asked for, as the address says; of what excludes each other the narrowest counts. */
export function toListing(query: TableQuery): Listing {
  const sort = Object.entries(sorts).find(([key]) => key === query.sort)?.[1]
  const chosen = readFilters(query, 'union', gaps)
  return {
    search: query.search.trim().slice(0, 80),
    ownerships: readFilters(query, 'ownership', ownerships),
    unitClasses: readFilters(query, 'unitClass', unitClasses),
    ended: readFilters(query, 'state', ['ended']).length > 0,
    ...(chosen.includes('party')
      ? { gap: 'party' as const }
      : chosen.includes('should')
        ? { gap: 'should' as const }
        : chosen.length === 1
          ? { union: chosen.includes('with') ? ('with' as const) : ('without' as const) }
          : {}),
    ...(sort === undefined ? {} : { sort }),
  }
}

/** A version of a list as the address names it: `tax:2026-06`. */
export function readVersion(text: string | null) {
  const [source = '', ...rest] = (text ?? '').split(':')
  const known = listSources.find((one) => one === source)
  const listVersion = rest.join(':').slice(0, 40)
  return known === undefined || listVersion === '' ? null : { source: known, listVersion }
}
