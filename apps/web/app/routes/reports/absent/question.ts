import type { RouterInputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'

/** What the address asks: `?scope=all` and the state of the table. */
export function askAbsent(
  params: URLSearchParams,
  form: string,
  period: string,
): RouterInputs['reviews']['listMissing'] {
  const query = readTableQuery(params, 'absent')
  return {
    form,
    period,
    scope: params.get('scope') === 'all' ? 'all' : 'children',
    search: query.search.slice(0, 60),
    page: Math.min(query.page, 10_000),
    pageSize: query.size,
  }
}
