import { translate, type Locale } from './messages/index.ts'

// The rules of periods are written twice: this package knows no domain, and `indicators`, which no arrow lets it use, refuses what is no
// period where this one just finds none. A test of the web application, which has both, holds them together.

export type PeriodKind = 'half_month' | 'month' | 'quarter' | 'half_year' | 'year'

export const periodKinds: readonly PeriodKind[] = ['half_month', 'month', 'quarter', 'half_year', 'year']

/** A period taken apart. `index` counts within the year from 1: month 9, quarter 3, half-month 17 (2026-09-A). */
export type PeriodParts = { readonly kind: PeriodKind; readonly year: number; readonly index: number }

const perYear: Record<PeriodKind, number> = { half_month: 24, month: 12, quarter: 4, half_year: 2, year: 1 }

/** Takes a sortable text form (`2026`, `2026-H1`, `2026-Q3`, `2026-09`, `2026-09-A`) apart; null if it is none (PER-01). */
export function readPeriod(text: string | null | undefined): PeriodParts | null {
  const match = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])(?:-([AB]))?))?$/.exec(text ?? '')
  if (!match) return null
  const [, yearText, half, quarter, month, part] = match
  const year = Number(yearText)
  if (half !== undefined) return { kind: 'half_year', year, index: Number(half) }
  if (quarter !== undefined) return { kind: 'quarter', year, index: Number(quarter) }
  if (month === undefined) return { kind: 'year', year, index: 1 }
  if (part === undefined) return { kind: 'month', year, index: Number(month) }
  return { kind: 'half_month', year, index: Number(month) * 2 - (part === 'A' ? 1 : 0) }
}

/** The sortable text form of a period. */
export function writePeriod({ kind, year, index }: PeriodParts): string {
  const yearText = String(year).padStart(4, '0')
  switch (kind) {
    case 'year':
      return yearText
    case 'half_year':
      return `${yearText}-H${index}`
    case 'quarter':
      return `${yearText}-Q${index}`
    case 'month':
      return `${yearText}-${String(index).padStart(2, '0')}`
    case 'half_month':
      return `${yearText}-${String(Math.ceil(index / 2)).padStart(2, '0')}-${index % 2 === 1 ? 'A' : 'B'}`
  }
}

/** The period `steps` later (negative: earlier) of the same kind. */
export function shiftPeriod(parts: PeriodParts, steps: number): PeriodParts {
  const size = perYear[parts.kind]
  const position = parts.year * size + (parts.index - 1) + steps
  return { kind: parts.kind, year: Math.floor(position / size), index: (position % size) + 1 }
}

/** All periods of a kind in a year, first to last. */
export function listPeriods(kind: PeriodKind, year: number): PeriodParts[] {
  return Array.from({ length: perYear[kind] }, (_, position) => ({ kind, year, index: position + 1 }))
}

/** The period of another kind that holds the last day of this one: September as a quarter is Q3, Q3 as a month is September. */
export function convertPeriod(parts: PeriodParts, kind: PeriodKind): PeriodParts {
  const lastHalfMonth = (parts.index * perYear.half_month) / perYear[parts.kind]
  return { kind, year: parts.year, index: Math.ceil((lastHalfMonth * perYear[kind]) / perYear.half_month) }
}

const shanghaiDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

/** The period of a kind that holds this instant, by the calendar of Asia/Shanghai. */
export function findPeriodAt(instant: Date, kind: PeriodKind): PeriodParts {
  const [year = 0, month = 1, day = 1] = shanghaiDay.format(instant).split('-').map(Number)
  return convertPeriod({ kind: 'half_month', year, index: month * 2 - (day <= 15 ? 1 : 0) }, kind)
}

function monthName(month: number, locale: Locale, length: 'long' | 'short'): string | number {
  if (locale === 'zh-CN') return month
  return new Intl.DateTimeFormat('en-GB', { month: length, timeZone: 'UTC' }).format(
    new Date(Date.UTC(2001, month - 1, 1)),
  )
}

/** The period for a reader: 2026年9月上半月, Q3 2026. Text that is no period comes back as it is. */
export function formatPeriod(text: string, locale: Locale): string {
  const parts = readPeriod(text)
  if (!parts) return text
  const { kind, year, index } = parts
  switch (kind) {
    case 'year':
      return translate(locale, 'periods.year', { year })
    case 'half_year':
      return translate(locale, index === 1 ? 'periods.half.1' : 'periods.half.2', { year })
    case 'quarter':
      return formatQuarter(year, index, locale)
    case 'month':
      return translate(locale, 'periods.month', { year, month: monthName(index, locale, 'long') })
    case 'half_month': {
      const month = monthName(Math.ceil(index / 2), locale, 'long')
      return translate(locale, index % 2 === 1 ? 'periods.halfMonth.a' : 'periods.halfMonth.b', { year, month })
    }
  }
}

function formatQuarter(year: number, index: number, locale: Locale): string {
  if (index === 1) return translate(locale, 'periods.quarter.1', { year })
  if (index === 2) return translate(locale, 'periods.quarter.2', { year })
  if (index === 3) return translate(locale, 'periods.quarter.3', { year })
  return translate(locale, 'periods.quarter.4', { year })
}

/** The period without its year, for pickers and axes: 9月, 上半年, Q3. */
export function formatPeriodShort({ kind, year, index }: PeriodParts, locale: Locale): string {
  switch (kind) {
    case 'year':
      return translate(locale, 'periods.year', { year })
    case 'half_year':
      return translate(locale, index === 1 ? 'periods.short.half.1' : 'periods.short.half.2')
    case 'quarter':
      return translate(locale, 'periods.short.quarter', { quarter: index })
    case 'month':
      return translate(locale, 'periods.short.month', { month: monthName(index, locale, 'short') })
    case 'half_month': {
      const month = monthName(Math.ceil(index / 2), locale, 'short')
      return translate(locale, index % 2 === 1 ? 'periods.short.halfMonth.a' : 'periods.short.halfMonth.b', { month })
    }
  }
}
