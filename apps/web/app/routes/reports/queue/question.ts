import type { RouterInputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'

export const queueStates = ['changed', 'returned', 'accepted', 'correcting'] as const
const sorts = ['submitted', 'body', 'warnings'] as const

/** What the address asks of the queue: `?state=` and the state of its table. */
export function askQueue(
  params: URLSearchParams,
  formId: number,
  period: string,
): RouterInputs['reviews']['listReviewQueue'] {
  const query = readTableQuery(params, 'queue')
  const state = queueStates.find((known) => known === params.get('state'))
  return {
    formId,
    period,
    search: query.search.slice(0, 60),
    sort: sorts.find((known) => known === query.sort) ?? 'submitted',
    descending: query.order === 'descend',
    page: Math.min(query.page, 10_000),
    pageSize: query.size,
    ...(state === undefined ? {} : { state }),
  }
}
