import type { RouterOutputs } from '@gonglian/api'

export type Board = NonNullable<RouterOutputs['progress']['openBoard']['board']>
export type BoardRow = Board['rows'][number]

/** The period a board covers when the address names none: the last month that is over. */
export function findBoardPeriod(asked: string | null, now: Date): string {
  if (asked !== null && /^\d{4}(-(H[12]|Q[1-4]|\d{2}(-[AB])?))?$/.test(asked)) return asked
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1))
  return month.toISOString().slice(0, 7)
}
