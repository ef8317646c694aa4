import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readFilters, readSort } from '../../../table-export.ts'
import { engagements, postCategories, posts, vacantPosts } from '@gonglian/organisation/codes'
export {
  appointments,
  attendances,
  engagements,
  postCategories as categories,
  posts,
  ranks,
  vacantPosts,
} from '@gonglian/organisation/codes'

export type Officers = RouterOutputs['cadres']['listOfficers']
export type Officer = Officers['rows'][number]
export type Vacancies = RouterOutputs['cadres']['listVacancies']
export type Vacancy = Vacancies['rows'][number]
export type Quotas = RouterOutputs['cadres']['listQuotas']
export type TrainingView = RouterOutputs['cadres']['getTraining']
export type UntrainedChairs = RouterOutputs['cadres']['listUntrainedChairs']

/** A day or a union that the whole page is about, as the address says. */
export function readAsked(params: URLSearchParams): { readonly on?: string; readonly unionId?: number } {
  const on = params.get('on') ?? ''
  const unionId = Number(params.get('union') ?? '')
  return {
    ...(/^\d{4}-\d\d-\d\d$/.test(on) ? { on } : {}),
    ...(Number.isInteger(unionId) && unionId > 0 ? { unionId } : {}),
  }
}

/** What the API is asked for, as the address says. */
export function toOfficers(query: TableQuery, params: URLSearchParams): RouterInputs['cadres']['listOfficers'] {
  const sort = readSort(query, ['from', '-from', 'name', '-name'] as const)
  return {
    search: query.search.trim().slice(0, 60),
    posts: readFilters(query, 'post', posts),
    engagements: readFilters(query, 'engagement', engagements),
    ...(sort === undefined ? {} : { sort }),
    ...readAsked(params),
  }
}

export function toVacancies(query: TableQuery, params: URLSearchParams): RouterInputs['cadres']['listVacancies'] {
  const { on } = readAsked(params)
  return {
    posts: readFilters(query, 'post', vacantPosts),
    isOverdue: readFilters(query, 'due', ['overdue']).length > 0,
    ...(on === undefined ? {} : { on }),
  }
}

export function toQuotas(query: TableQuery): RouterInputs['cadres']['listQuotas'] {
  return { search: query.search.trim().slice(0, 80), categories: readFilters(query, 'category', postCategories) }
}
