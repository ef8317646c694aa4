import { formatDate, formatDateTime, useText } from '@gonglian/ui'

const dayMs = 86_400_000

/** Days of the calendar in Shanghai from one instant to another. */
export function countDays(from: Date | string, to: Date | string): number {
  return Math.round((Date.parse(formatDate(to)) - Date.parse(formatDate(from))) / dayMs)
}

/** Days to a deadline, negative after it; null without one. */
export function countDaysTo(day: string | null, now: Date | string): number | null {
  return day === null ? null : countDays(now, day)
}

/** For how long something has been waiting. */
export function Age({ since, now }: { readonly since: Date | null; readonly now: Date | string }) {
  const text = useText()
  if (since === null) return <>—</>
  const days = countDays(since, now)
  return (
    <span title={formatDateTime(since)}>{days === 0 ? text('reports.age.today') : text('reports.age', { days })}</span>
  )
}
