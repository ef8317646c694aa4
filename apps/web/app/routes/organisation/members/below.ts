import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { Translate } from '@gonglian/ui/messages'
import { employments, groupings, kinds, sexes } from './member.ts'

export type Counts = RouterOutputs['members']['countMembersBelow']
export type Grouping = (typeof groupings)[number]

/** What the API is asked for, as the address says: by sex, of the own body, unless another is named. */
export function readCounting(
  params: URLSearchParams,
): RouterInputs['members']['countMembersBelow'] & { groupBy: Grouping } {
  const body = params.get('body')
  const groupBy = groupings.find((known) => known === params.get('by')) ?? 'sex'
  return { groupBy, ...(body === null ? {} : { body }) }
}

/** The name of a column of counts: one group, or several that are counted together. */
export function nameGroups(names: readonly string[], groupBy: Grouping, text: Translate): string {
  return names
    .map((name) => {
      const sex = sexes.find((known) => groupBy === 'sex' && known === name)
      const kind = kinds.find((known) => groupBy === 'kind' && known === name)
      const employment = employments.find((known) => groupBy === 'employment' && known === name)
      if (sex) return text(`members.sex.${sex}`)
      if (kind) return text(`members.kind.${kind}`)
      return employment ? text(`members.employment.${employment}`) : name
    })
    .join(text('members.and'))
}
