import { parsePeriod } from '@gonglian/indicators'
import { z } from 'zod'

/** What a whole year is worth: shares are hundredths of a percent. */
export const fullShare = 10_000

export const scheduleKinds = ['straight', 'manual', 'seasonal'] as const

/** Expected cumulative share at the end of each month (序时进度): twelve, never falling, the last is all. */
export const Schedule = z
  .array(z.int().min(0).max(fullShare))
  .length(12, 'errors.schedule')
  .refine(
    (shares) => shares[11] === fullShare && shares.every((share, month) => share >= (shares[month - 1] ?? 0)),
    'errors.schedule',
  )
export type Schedule = readonly number[]

function roundShare(top: bigint, bottom: bigint): number {
  return Number((top * BigInt(fullShare) * 2n + bottom) / (bottom * 2n))
}

/** Month by month the same: 8.33 %, 16.67 %, ... */
export function makeStraightSchedule(): Schedule {
  return Array.from({ length: 12 }, (_, month) => roundShare(BigInt(month + 1), 12n))
}

/** All of it at any time: rates and levels that are to be held, not built up over the year. */
export function makeStandingSchedule(): Schedule {
  return Array.from({ length: 12 }, () => fullShare)
}

export type MonthlyFigures = readonly (number | null)[]

/**
 * The seasonality of past years: for a flow the part of the year's sum reached by each month's end, for a stock the part of the
 * year's last level; years weigh as much as their figures. A year with a month missing says nothing about the season
 * (missing is not 0) and is left out.
 *
 * @param years twelve monthly figures each, own values of the months
 * @returns null when no year is complete or nothing happened in them
 */
export function makeSeasonalSchedule(years: readonly MonthlyFigures[], nature: 'flow' | 'stock'): Schedule | null {
  const complete = years.map(readYear).filter((year) => year !== null)
  const reached = Array.from({ length: 12 }, (_, month) =>
    complete.reduce((sum, year) => {
      const until = nature === 'flow' ? year.slice(0, month + 1) : year.slice(month, month + 1)
      return until.reduce((inner, value) => inner + BigInt(value), sum)
    }, 0n),
  )
  const whole = reached[11] ?? 0n
  if (whole <= 0n) return null
  // A level that fell during the year would give a schedule that falls: what was once reached stays expected.
  let highest = 0
  return reached.map((part) => {
    highest = Math.max(highest, Math.min(fullShare, roundShare(part, whole)))
    return highest
  })
}

function readYear(year: MonthlyFigures): number[] | null {
  const values = year.filter((value) => value !== null)
  return year.length === 12 && values.length === 12 && values.every((value) => value >= 0) ? values : null
}

/**
 * The share expected at the end of a period of any kind. The middle of a month lies halfway between its ends.
 *
 * @throws DomainError invalid errors.period
 */
export function expectedShare(schedule: Schedule, period: string): number {
  const { kind, index, end } = parsePeriod(period)
  const month = Number(end.slice(5, 7))
  const atEnd = schedule[month - 1] ?? fullShare
  if (kind !== 'half_month' || index % 2 === 0) return atEnd
  return Math.round(((schedule[month - 2] ?? 0) + atEnd) / 2)
}

/**
 * What the year will come to if it goes on as it has: the actual figure over the share of the year that is expected by now.
 *
 * @returns null while nothing is expected yet, or there is no figure
 */
export function forecastYear(actual: number | null, share: number): number | null {
  return actual === null || share <= 0 ? null : Math.round((actual * fullShare) / share)
}
