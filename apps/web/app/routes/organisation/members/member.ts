import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import { readFilters } from '../../../table-export.ts'
import { memberKinds as kinds, memberStates as states } from '@gonglian/organisation/codes'
export { employments, groupings, memberKinds as kinds, memberStates as states } from '@gonglian/organisation/codes'

export type Member = RouterOutputs['members']['listMembers']['rows'][number]
type Filter = RouterInputs['members']['startExport']['filter']

export const sexes = ['male', 'female'] as const
export const hukous = ['urban', 'rural'] as const
export const yesOrNo = ['yes', 'no'] as const

const readDay = (text: string | null) => (text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? text : null)

/** A tick both ways is none. */
function readTick(chosen: readonly ('yes' | 'no')[]): boolean | null {
  const [only] = chosen
  return chosen.length === 1 && only !== undefined ? only === 'yes' : null
}

/** The filters of the register, as the address says them. */
export function readFilter(params: URLSearchParams): Filter {
  const query = readTableQuery(params, 'members')
  const chosenStates = readFilters(query, 'state', states)
  const chosenKinds = readFilters(query, 'kind', kinds)
  const chosenSexes = readFilters(query, 'sex', sexes)
  const hasCard = readTick(readFilters(query, 'card', yesOrNo))
  const complete = readTick(readFilters(query, 'complete', yesOrNo))
  const unionId = Number(params.get('union'))
  const from = readDay(params.get('from'))
  const to = readDay(params.get('to'))
  const [sex] = chosenSexes
  return {
    ...(chosenStates.length === 0 ? {} : { states: chosenStates }),
    ...(chosenKinds.length === 0 ? {} : { kinds: chosenKinds }),
    ...(chosenSexes.length === 1 && sex !== undefined ? { sex } : {}),
    ...(hasCard === null ? {} : { hasCard }),
    ...(complete === null ? {} : { incomplete: !complete }),
    ...(Number.isInteger(unionId) && unionId > 0 ? { unionId } : {}),
    ...(from === null ? {} : { joinedFrom: from }),
    ...(to === null ? {} : { joinedTo: to }),
  }
}

/** What names one person: not to stand in an address, where it would be kept by whatever keeps addresses. */
export function isNumber(typed: string): boolean {
  return /\d{5}/.test(typed.normalize('NFKC').replaceAll(/[\s-]/g, ''))
}
