import type { SizeTable } from '../limits.ts'

/** How many a body of so many members has, at least and at most; null when the table says nothing. */
export function findSize(table: SizeTable, members: number): { from: number; to: number } | null {
  const row = table.find((one) => one.upTo === null || members <= one.upTo)
  return row === undefined ? null : { from: row.from, to: row.to }
}

export type SizeVerdict = 'fits' | 'few' | 'many'

/** ORG-15, ORG-16: whether a committee or congress has the size its members ask for; null when no row applies. */
export function judgeSize(table: SizeTable, members: number, seats: number): SizeVerdict | null {
  const size = findSize(table, members)
  if (size === null) return null
  return seats < size.from ? 'few' : seats > size.to ? 'many' : 'fits'
}

/** ORG-12: full-time staff for so many workers, rounded up: 3 per mille of 1,001 are 4. */
export function countStaffNeeded(workers: number, perMille: number): number {
  return Math.ceil((workers * perMille) / 1000)
}

/**
 * ORG-13: until when the labour contract of an officer runs on. A full-time officer's is extended by the time served; another's until
 * the post ends.
 *
 * @param input.servedTo the last day in the post (of the term, for those not full-time)
 */
export function extendContract(input: {
  engagement: 'full_time' | 'part_time' | 'contracted'
  contractEndsOn: string
  servedFrom: string
  servedTo: string
}): string {
  const { contractEndsOn, servedFrom, servedTo } = input
  if (input.engagement !== 'full_time') return contractEndsOn > servedTo ? contractEndsOn : servedTo
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000
  const served = day(servedTo) - day(servedFrom) + 1
  return new Date((day(contractEndsOn) + Math.max(0, served)) * 86_400_000).toISOString().slice(0, 10)
}
