import type { RouterOutputs } from '@gonglian/api'

export type Colleague = RouterOutputs['appraisals']['listGroupCandidates'][number]

/** As one picks them: two people may bear one name, so the account is named too. */
export const nameColleague = ({ username, displayName }: Colleague) => ({
  value: username,
  label: `${displayName} (${username})`,
})
