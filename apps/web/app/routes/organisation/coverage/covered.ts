import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { Translate } from '@gonglian/ui/messages'
import { readTableQuery } from '@gonglian/ui'
import { readBody } from '../../../body-filter.tsx'
import { readFilters } from '../../../table-export.ts'
import { modes } from '../union/union.ts'

export type CoveredUnit = RouterOutputs['coverage']['listCoverage']['rows'][number]
export type Counts = RouterOutputs['coverage']['countCoverage']

/** Which covered units the address asks for. */
export function toCovered(params: URLSearchParams): RouterInputs['coverage']['listCoverage'] {
  const query = readTableQuery(params, 'covered')
  const [mode] = readFilters(query, 'mode', modes)
  return {
    ...readBody(params),
    search: query.search.trim().slice(0, 80),
    current: readFilters(query, 'to', ['ended']).length === 0,
    ...(mode === undefined ? {} : { mode }),
  }
}

/** The day that is counted; null: today. */
export function readDay(params: URLSearchParams): string | null {
  const day = params.get('on') ?? ''
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null
}

/** The columns of the list, for the page and its file. */
export function listColumns(text: Translate) {
  return [
    { key: 'employer', title: text('employers.name'), value: (row: CoveredUnit) => row.employerName },
    { key: 'headcount', title: text('unions.headcount'), value: (row: CoveredUnit) => row.headcount },
    { key: 'union', title: text('coverage.by'), value: (row: CoveredUnit) => row.unionName },
    { key: 'mode', title: text('unions.cover.mode'), value: (row: CoveredUnit) => text(`unions.mode.${row.mode}`) },
    { key: 'from', title: text('unions.cover.from'), value: (row: CoveredUnit) => row.validFrom },
    { key: 'to', title: text('unions.end.on'), value: (row: CoveredUnit) => row.validTo },
    { key: 'note', title: text('unions.note'), value: (row: CoveredUnit) => row.note },
    { key: 'body', title: text('unions.body'), value: (row: CoveredUnit) => row.bodyName },
  ] as const
}
