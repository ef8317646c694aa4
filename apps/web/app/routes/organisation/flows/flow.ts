import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'

export type Outgoing = RouterOutputs['members']['listOutgoing'][number]
export type Trainings = RouterOutputs['members']['listRightsTrainings']
export type Judged = RouterOutputs['members']['judgeTraining']
const verdicts = ['yes', 'no'] as const

/** Whether a township held enough: yes, no, or it still can. */
export function nameVerdict(complies: boolean | null): 'yes' | 'no' | 'open' {
  return complies === null ? 'open' : complies ? 'yes' : 'no'
}

/** The townships that are asked for, as the address says. */
export function readJudging(params: URLSearchParams, year: number): RouterInputs['members']['judgeTraining'] {
  const query = readTableQuery(params, 'judged')
  const [verdict, more] = readFilters(query, 'verdict', verdicts)
  return {
    year,
    search: query.search.trim().slice(0, 60),
    ...(verdict === undefined || more !== undefined ? {} : { enough: verdict === 'yes' }),
  }
}
