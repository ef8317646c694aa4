import type { RouterInputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'

export const letterOutcomes = ['complied', 'refused', 'no_reply', 'withdrawn'] as const

/** Which letters the address asks for. */
export function toLetters(params: URLSearchParams): RouterInputs['leads']['listLetters'] {
  const [open] = readFilters(readTableQuery(params, 'letters'), 'outcome', ['overdue', 'open'])
  return open === undefined ? {} : { open }
}
