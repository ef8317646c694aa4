import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'
import { ratingStates as states } from '@gonglian/organisation/codes'
export { ratingStates as states, ratingTracks as tracks } from '@gonglian/organisation/codes'

export type RatingRow = RouterOutputs['ratings']['listRatings']['rows'][number]
export type Rating = RouterOutputs['ratings']['getRating']
export type Reviewer = RouterOutputs['ratings']['listReviewers'][number]
export type Scheme = RouterOutputs['ratings']['getScheme']
export const quarters = ['1', '2', '3', '4'] as const

/** What the API is asked for, as the address says. One state, one quarter: the first chosen. */
export function toListing(query: TableQuery, year: number | null): RouterInputs['ratings']['listRatings'] {
  const [state] = readFilters(query, 'state', states)
  const [quarter] = readFilters(query, 'quarter', quarters)
  const mine = readFilters(query, 'grantor', ['own'])
  return {
    search: query.search.trim().slice(0, 60),
    ...(state === undefined ? {} : { state }),
    ...(quarter === undefined ? {} : { quarter: Number(quarter) }),
    ...(year === null ? {} : { year }),
    isGrantor: mine.length > 0,
  }
}

/** The name of a level of a scheme. */
export function nameLevel(scheme: Pick<Scheme, 'levels'>, rank: number | null, locale: string): string {
  const level = scheme.levels.find((one) => one.rank === rank)
  return level === undefined ? '—' : locale === 'en' ? level.nameEn : level.nameZh
}

/** Hundredths of a point as points. */
export function formatScore(score: number | null): string {
  return score === null ? '—' : String(score / 100)
}
