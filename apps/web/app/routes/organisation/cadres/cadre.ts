import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readFilters, readSort } from '../../../table-export.ts'

export type Officers = RouterOutputs['cadres']['listOfficers']
export type Officer = Officers['rows'][number]
export type Vacancies = RouterOutputs['cadres']['listVacancies']
export type Vacancy = Vacancies['rows'][number]
export type Quotas = RouterOutputs['cadres']['listQuotas']
export type Trainings = RouterOutputs['cadres']['listTrainings']
export type Training = Trainings['rows'][number]
export type TrainingView = RouterOutputs['cadres']['getTraining']
export type UntrainedChairs = RouterOutputs['cadres']['listUntrainedChairs']
export const posts = [
  'chair',
  'vice_chair',
  'committee_member',
  'audit_chair',
  'audit_vice_chair',
  'audit_member',
  'women_chair',
  'women_vice_chair',
  'women_member',
  'office',
  'organiser',
  'team_leader',
] as const
export const vacantPosts = ['chair', 'vice_chair', 'audit_chair'] as const
export const engagements = ['full_time', 'part_time', 'contracted'] as const
export const appointments = ['elected', 'appointed', 'dispatched'] as const
export const ranks = [
  'none',
  'section_deputy',
  'section',
  'county_deputy',
  'county',
  'city_deputy',
  'city',
  'township_deputy',
  'township',
  'enterprise_middle',
  'enterprise_deputy',
  'enterprise',
] as const
export const categories = ['administrative', 'institution', 'worker', 'contracted'] as const
export const trainingKinds = ['class', 'lecture', 'meeting', 'sent'] as const
export const trainingStates = ['planned', 'held', 'cancelled'] as const
export const topics = [
  'general',
  'new_chair',
  'team_leader',
  'law',
  'negotiation',
  'finance',
  'women',
  'safety',
] as const
export const attendances = ['attended', 'passed', 'absent'] as const

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

export function toTrainings(query: TableQuery, year: number): RouterInputs['cadres']['listTrainings'] {
  return {
    year,
    search: query.search.trim().slice(0, 80),
    kinds: readFilters(query, 'kind', trainingKinds),
    states: readFilters(query, 'state', trainingStates),
  }
}
