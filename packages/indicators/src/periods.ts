import { DomainError } from '@gonglian/tenancy'
import { z } from 'zod'

/** From fine to coarse. Each kind's periods lie wholly inside one period of every coarser kind. */
export const periodKinds = ['half_month', 'month', 'quarter', 'half_year', 'year'] as const
export type PeriodKind = (typeof periodKinds)[number]

const perYear: Record<PeriodKind, number> = { half_month: 24, month: 12, quarter: 4, half_year: 2, year: 1 }

/** A structured period (PER-01): where it lies in its year (`index` from 1) and its first and last day. */
export type PeriodSpan = {
  readonly kind: PeriodKind
  readonly year: number
  readonly index: number
  /** First day, "2026-09-01". */
  readonly start: string
  /** Last day, "2026-09-15". */
  readonly end: string
}

const form = /^(19\d\d|2\d\d\d)(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])(?:-([AB]))?))?$/

/** The text form of a period: `2026`, `2026-H1`, `2026-Q3`, `2026-09`, `2026-09-A`. Forms of one kind sort by time. */
export const Period = z.string().regex(form, 'errors.period')
export const PeriodKind = z.enum(periodKinds)

function refusePeriod(): DomainError {
  return new DomainError('invalid', 'errors.period', { fields: [{ path: 'period', key: 'errors.period' }] })
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

function lastDayOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function readIndex(match: RegExpExecArray): { kind: PeriodKind; index: number } {
  const [, , half, quarter, month, part] = match
  if (half !== undefined) return { kind: 'half_year', index: Number(half) }
  if (quarter !== undefined) return { kind: 'quarter', index: Number(quarter) }
  if (month === undefined) return { kind: 'year', index: 1 }
  if (part === undefined) return { kind: 'month', index: Number(month) }
  return { kind: 'half_month', index: Number(month) * 2 - (part === 'A' ? 1 : 0) }
}

function findSpan(kind: PeriodKind, year: number, index: number): PeriodSpan {
  if (kind === 'half_month') {
    const month = Math.ceil(index / 2)
    const isFirst = index % 2 === 1
    const start = `${year}-${twoDigits(month)}-${isFirst ? '01' : '16'}`
    const end = `${year}-${twoDigits(month)}-${isFirst ? '15' : twoDigits(lastDayOfMonth(year, month))}`
    return { kind, year, index, start, end }
  }
  const months = 12 / perYear[kind]
  const last = index * months
  return {
    kind,
    year,
    index,
    start: `${year}-${twoDigits(last - months + 1)}-01`,
    end: `${year}-${twoDigits(last)}-${twoDigits(lastDayOfMonth(year, last))}`,
  }
}

/**
 * Takes the text form of a period apart.
 *
 * @throws DomainError invalid errors.period
 */
export function parsePeriod(text: string): PeriodSpan {
  const match = form.exec(text)
  if (!match) throw refusePeriod()
  const { kind, index } = readIndex(match)
  return findSpan(kind, Number(match[1]), index)
}

/**
 * The text form of a kind's period with this index in its year.
 *
 * @throws DomainError invalid errors.period where the year has no such period
 */
export function writePeriod(kind: PeriodKind, year: number, index: number): string {
  const isKnown = Number.isInteger(year) && year >= 1900 && year <= 2999 && Number.isInteger(index) && index >= 1
  if (!isKnown || index > perYear[kind]) throw refusePeriod()
  switch (kind) {
    case 'year':
      return `${year}`
    case 'half_year':
      return `${year}-H${index}`
    case 'quarter':
      return `${year}-Q${index}`
    case 'month':
      return `${year}-${twoDigits(index)}`
    case 'half_month':
      return `${year}-${twoDigits(Math.ceil(index / 2))}-${index % 2 === 1 ? 'A' : 'B'}`
  }
}

/** The period `steps` later (negative: earlier) of the same kind. */
export function shiftPeriod(period: string, steps: number): string {
  const { kind, year, index } = parsePeriod(period)
  const position = year * perYear[kind] + index - 1 + steps
  return writePeriod(kind, Math.floor(position / perYear[kind]), (position % perYear[kind]) + 1)
}

export function previousPeriod(period: string): string {
  return shiftPeriod(period, -1)
}

export function nextPeriod(period: string): string {
  return shiftPeriod(period, 1)
}

/** The period a figure is compared with in 同比. */
export function samePeriodLastYear(period: string): string {
  const { kind, year, index } = parsePeriod(period)
  return writePeriod(kind, year - 1, index)
}

/** All periods of a kind in a year, first to last. */
export function listPeriods(kind: PeriodKind, year: number): string[] {
  return Array.from({ length: perYear[kind] }, (_, position) => writePeriod(kind, year, position + 1))
}

/**
 * The period of a kind that holds this day.
 *
 * @param date "2026-09-05", by the calendar of Asia/Shanghai (`ctx.today`)
 * @throws DomainError invalid errors.period when it is no day
 */
export function periodContaining(kind: PeriodKind, date: string): string {
  if (!z.iso.date().safeParse(date).success) throw refusePeriod()
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7))
  const halfMonth = month * 2 - (Number(date.slice(8)) <= 15 ? 1 : 0)
  return writePeriod(kind, year, Math.ceil((halfMonth * perYear[kind]) / perYear.half_month))
}

/** The period of a kind that is running today. */
export function currentPeriod(kind: PeriodKind, today: string): string {
  return periodContaining(kind, today)
}

/** The period of an equal or coarser kind that this one lies in: September in Q3. */
export function coarserPeriod(period: string, kind: PeriodKind): string {
  return periodContaining(kind, parsePeriod(period).end)
}

/**
 * The periods of a kind that make up this one, first to last: the months of a quarter. Of its own kind: itself. None of a
 * coarser kind.
 */
export function finerPeriods(period: string, kind: PeriodKind): string[] {
  const span = parsePeriod(period)
  const parts = perYear[kind] / perYear[span.kind]
  if (parts < 1) return []
  return Array.from({ length: parts }, (_, position) =>
    writePeriod(kind, span.year, (span.index - 1) * parts + position + 1),
  )
}
