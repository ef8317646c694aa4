import type { RouterOutputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'

export type Problem = RouterOutputs['imports']['listImportProblems']['rows'][number]
export const levels = ['error', 'warning'] as const

/** One level, where just one is chosen. */
export function readLevel(params: URLSearchParams): { level?: (typeof levels)[number] } {
  const [level, more] = readFilters(readTableQuery(params, 'problems'), 'level', levels)
  return level === undefined || more !== undefined ? {} : { level }
}
