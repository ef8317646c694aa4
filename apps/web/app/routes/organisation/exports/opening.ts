import type { RouterOutputs } from '@gonglian/api'
import type { Translate } from '@gonglian/ui/messages'

export type Opening = RouterOutputs['members']['listOpenings']['openings'][number]
const openable = ['idNumber', 'mobile', 'birth'] as const

/** What was looked at, in words. */
export function nameFields({ fields }: Opening, text: Translate): string {
  return fields
    .map((field) => {
      const known = openable.find((one) => one === field)
      return known ? text(`members.${known}`) : field
    })
    .join(text('members.and'))
}
