import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'

export type Officer = RouterOutputs['cadres']['listOfficers']['rows'][number]
export type Quotas = RouterOutputs['cadres']['listQuotas']
export type Trainings = RouterOutputs['cadres']['listTrainings']
export type Training = Trainings['rows'][number]
export type UntrainedChairs = RouterOutputs['cadres']['listUntrainedChairs']
export const posts = [
  'chair',
  'vice_chair',
  'committee_member',
  'audit_chair',
  'women_chair',
  'office',
  'organiser',
  'team_leader',
] as const
export const engagements = ['full_time', 'part_time', 'contracted'] as const
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

/** What the API is asked for, as the address says. One post, one engagement: the first chosen. */
export function toOfficers(query: TableQuery): RouterInputs['cadres']['listOfficers'] {
  const [post] = readFilters(query, 'post', posts)
  const [engagement] = readFilters(query, 'engagement', engagements)
  return {
    search: query.search.trim().slice(0, 60),
    ...(post === undefined ? {} : { post }),
    ...(engagement === undefined ? {} : { engagement }),
  }
}
