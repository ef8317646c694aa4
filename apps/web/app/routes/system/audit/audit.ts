import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { hasMessage, translateUnknown, type Locale } from '@gonglian/ui/messages'
import type { TableQuery } from '@gonglian/ui'

export type AuditLine = RouterOutputs['audit']['listAudit']['lines'][number]
type AuditFilter = NonNullable<RouterInputs['audit']['exportAudit']>

/** The filters above the table, by their names in the address. */
export const auditFilters = ['action', 'actor', 'from', 'to', 'request'] as const

function readDay(text: string | null): string | undefined {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined
}

/** What the API is asked for, as the address says; what is no day is left out. */
export function toAuditFilter(params: URLSearchParams, query: TableQuery): AuditFilter {
  const from = readDay(params.get('from'))
  const to = readDay(params.get('to'))
  return {
    search: query.search.trim().slice(0, 80),
    action: (params.get('action') ?? '').slice(0, 60),
    actor: (params.get('actor') ?? '').slice(0, 80),
    requestId: (params.get('request') ?? '').trim().slice(0, 80),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    order: query.sort === 'at' && query.order === 'ascend' ? 'oldest' : 'newest',
  }
}

/** The words for a name in the trail; the name itself where there are none yet. */
export function wordAudit(locale: Locale, kind: 'action' | 'object' | 'field', name: string): string {
  const key = `audit.${kind}.${name}`
  return hasMessage(locale, key) ? translateUnknown(locale, key) : name
}
