import type { RouterOutputs } from '@gonglian/api'
import type { Translate } from '@gonglian/ui/messages'

export type Opening = RouterOutputs['members']['listOpenings']['openings'][number]
/** What may have been looked at, and what a reader calls it. */
const openable = {
  idNumber: 'members.idNumber',
  mobile: 'members.mobile',
  birth: 'members.birth',
  name: 'cadres.name',
  phone: 'women.phone',
  result: 'women.result',
  note: 'ledgers.note',
  file: 'openings.file',
} as const

/** What was looked at, in words. */
export function nameFields({ fields }: Opening, text: Translate): string {
  return fields
    .map((field) => {
      const known = Object.entries(openable).find(([one]) => one === field)
      return known ? text(known[1]) : field
    })
    .join(text('members.and'))
}
