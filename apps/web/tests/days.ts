import { shanghaiDay } from '@gonglian/tenancy'

/** Today by the calendar of the product. */
export const today = shanghaiDay(new Date())

/** So many days after today; before it where the number is negative. */
export function dayAfter(days: number, from: string = today): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The same day so many years before; the 28th where it was a 29 February. */
export function yearsBefore(day: string, years: number): string {
  const earlier = `${Number(day.slice(0, 4)) - years}${day.slice(4)}`
  return earlier.endsWith('02-29') ? earlier.replace('02-29', '02-28') : earlier
}
