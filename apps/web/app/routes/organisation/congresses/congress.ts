import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { TableQuery } from '@gonglian/ui'
import { readFilters, readSort } from '../../../table-export.ts'
import { congressStates } from '@gonglian/organisation/codes'
export { congressStates } from '@gonglian/organisation/codes'

export type Congress = RouterOutputs['congresses']['listCongresses']['rows'][number]
export type Quota = RouterOutputs['congresses']['listDelegateQuotas']['rows'][number]
export type Delegates = RouterOutputs['congresses']['listDelegates']
export type Delegate = Delegates['rows'][number]
export const congressKinds = ['union', 'women'] as const
export const quotaStates = ['draft', 'issued', 'reported', 'confirmed'] as const

/** What the API is asked for, as the address says. */
export function toCongresses(query: TableQuery): RouterInputs['congresses']['listCongresses'] {
  const sort = readSort(query, ['planned', '-planned', 'delegates', '-delegates'] as const)
  return {
    search: query.search.trim().slice(0, 80),
    kinds: readFilters(query, 'kind', congressKinds),
    states: readFilters(query, 'state', congressStates),
    ...(sort === undefined ? {} : { sort }),
  }
}

/** Of one body’s delegates, what the API is asked for, as the address says. */
export function toDelegates(query: TableQuery): Omit<RouterInputs['congresses']['listDelegates'], 'quotaId'> {
  const sort = readSort(query, ['name', '-name', 'votes', '-votes'] as const)
  const [front, more] = readFilters(query, 'front', ['yes', 'no'])
  return {
    search: query.search.trim().slice(0, 60),
    genders: readFilters(query, 'gender', ['female', 'male']),
    ...(front === undefined || more !== undefined ? {} : { isFrontLine: front === 'yes' }),
    ...(sort === undefined ? {} : { sort }),
    page: query.page,
    pageSize: query.size,
  }
}
