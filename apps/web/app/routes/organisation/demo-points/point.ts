import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'
import { demoTopics as topics } from '@gonglian/organisation/codes'
export { demoTopics as topics } from '@gonglian/organisation/codes'

export type DemoPoint = RouterOutputs['ratings']['listDemoPoints']['rows'][number]

/** What the API is asked for, as the address says; one topic, where just one is chosen. */
export function readListing(params: URLSearchParams): RouterInputs['ratings']['listDemoPoints'] {
  const query = readTableQuery(params, 'points')
  const [topic, more] = readFilters(query, 'topic', topics)
  return {
    search: query.search.trim().slice(0, 60),
    ...(topic === undefined || more !== undefined ? {} : { topic }),
  }
}
