/** How pressing a task is. A task without a last day is never overdue. */
export type Urgency = 'overdue' | 'today' | 'soon' | 'later' | 'open'

/** This many days before its last day a task counts as soon due. */
const soonDays = 7
const dayMs = 86_400_000

/** Days from one calendar day to another; negative where the other is before. */
export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs)
}

/** How pressing something is that is due on a day: the one rule for desk, badge and daily message. */
export function findUrgency(due: string | null, today: string): Urgency {
  if (due === null) return 'open'
  const left = countDays(today, due)
  if (left < 0) return 'overdue'
  if (left === 0) return 'today'
  return left <= soonDays ? 'soon' : 'later'
}
