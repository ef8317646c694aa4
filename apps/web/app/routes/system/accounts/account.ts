import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { roleNames, type TableQuery } from '@gonglian/ui'
import { readFilters, readSort } from '../../../table-export.ts'

export type Account = RouterOutputs['accounts']['listAccounts']['accounts'][number]
export type AccountFilter = NonNullable<RouterInputs['accounts']['exportAccounts']>

export const accountStates = ['waiting', 'active', 'disabled'] as const
const sorts = [
  'username',
  '-username',
  'name',
  '-name',
  'status',
  '-status',
  'seen',
  '-seen',
  'created',
  '-created',
] as const

/** What the API is asked for, as the table's state in the address says. */
export function toAccountFilter(query: TableQuery): AccountFilter {
  return {
    search: query.search.trim().slice(0, 60),
    roles: readFilters(query, 'roles', roleNames),
    statuses: readFilters(query, 'status', accountStates),
    sort: readSort(query, sorts) ?? 'username',
  }
}

/** A lockout ends by itself; afterwards the account is as before. */
export function isLocked(account: Account, now: Date): boolean {
  return account.lockedUntil !== null && account.lockedUntil > now
}
