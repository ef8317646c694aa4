import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { formatDate, type TableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'
import { ownerships, unionStates as states, unitClasses } from '@gonglian/organisation/codes'
export { ownerships, unionStates as states, unitClasses } from '@gonglian/organisation/codes'

export type Union = RouterOutputs['unions']['listUnions']['rows'][number]
type Listing = RouterInputs['unions']['listUnions']

export const kinds = [
  'BASIC_SINGLE',
  'BASIC_JOINT',
  'BASIC_PROJECT',
  'UNION_ASSOC_BASIC',
  'UNION_ASSOC_INDUSTRY',
  'FEDERATION_TOWNSHIP',
  'WORK_COMMITTEE',
  'ORGANISER_ONLY',
  'GROUP',
] as const
/** Column of the table -> the sort the API knows. */
const sorts = { code: 'code', name: 'name', headcount: 'headcount', founded: 'founded' } as const

/** The word of a known value; the value itself where it is of a later version. */
export function knownOf<Known extends string>(known: readonly Known[], value: string): Known | null {
  return known.find((word) => word === value) ?? null
}

/** What else a union may be looked for by. */
export const marks = ['legal', 'party', 'village', 'ending'] as const

/** Which of them a listed union shows. */
export function listMarks({ legalPersonNo, hasPartyOrganisation }: Union): (typeof marks)[number][] {
  return [
    ...(legalPersonNo === '' ? [] : ['legal' as const]),
    ...(hasPartyOrganisation === true ? ['party' as const] : []),
  ]
}

/** What the API is asked for, as the address says. */
export function toListing(query: TableQuery, now: Date): Listing {
  const sort = Object.entries(sorts).find(([key]) => key === query.sort)?.[1]
  const chosen = readFilters(query, 'state', states)
  return {
    search: query.search.trim().slice(0, 80),
    kinds: readFilters(query, 'kind', kinds),
    ...(chosen.length === 0 ? {} : { states: chosen }),
    ownerships: readFilters(query, 'ownership', ownerships),
    unitClasses: readFilters(query, 'unitClass', unitClasses),
    ...readMarks(query, now),
    termOverdue: readFilters(query, 'term', ['overdue']).length > 0,
    ...(sort === undefined ? {} : { sort }),
  }
}

/** Each mark narrows the list; `ending`: project unions whose project ends within three months (M012). */
function readMarks(query: TableQuery, now: Date): Listing {
  const chosen = readFilters(query, 'marks', marks)
  const soon = formatDate(new Date(now.getTime() + 92 * 86_400_000))
  return {
    ...(chosen.includes('legal') ? { legalPerson: true } : {}),
    ...(chosen.includes('party') ? { party: true } : {}),
    ...(chosen.includes('village') ? { village: true } : {}),
    ...(chosen.includes('ending') ? { endingBy: soon } : {}),
  }
}
