import { HolidayCalendar } from '@gonglian/indicators/deadlines'

export type HolidayYear = HolidayCalendar['years'][number]

/** The calendar behind a parameter's value, null where the value is something else. */
export function readCalendar(value: unknown): HolidayCalendar | null {
  const parsed = HolidayCalendar.safeParse(value)
  return parsed.success ? parsed.data : null
}

/** Either what was read, or the first line that cannot be read, counted from 1. */
export type ReadLines<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly line: number }

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

function readEach<T>(text: string, read: (line: string) => T | null): ReadLines<T[]> {
  const value: T[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const found = read(line.trim())
    if (found === null) return { ok: false, line: index + 1 }
    value.push(found)
  }
  return { ok: true, value }
}

/**
 * One holiday a line: name, first and last day; with commas of either kind, or as pasted from a sheet. Nobody is asked for an English name: it is the one that
 * the calendar has for a holiday of this name in any year, else the name itself.
 */
export function readHolidays(text: string, calendar: HolidayCalendar | null): ReadLines<HolidayYear['holidays']> {
  const known = new Map(calendar?.years.flatMap((year) => year.holidays.map((one) => [one.nameZh, one.nameEn])))
  return readEach(text, (line) => {
    const [name = '', from = '', to = from, ...rest] = line.split(/[,，\t]/).map((part) => part.trim())
    const isReadable = name !== '' && isDay(from) && isDay(to) && from <= to && rest.length === 0
    return isReadable ? { nameZh: name, nameEn: known.get(name) ?? name, from, to } : null
  })
}

/** One day a line. */
export function readDays(text: string): ReadLines<string[]> {
  return readEach(text, (line) => (isDay(line) ? line : null))
}

export function writeHolidays(holidays: HolidayYear['holidays']): string {
  return holidays.map(({ nameZh, from, to }) => [nameZh, from, to].join(', ')).join('\n')
}

/** The calendar with one year put in, or in the place of what it said of that year. */
export function replaceYear(calendar: HolidayCalendar | null, year: HolidayYear): HolidayCalendar {
  const others = (calendar?.years ?? []).filter((known) => known.year !== year.year)
  return { years: [...others, year].toSorted((a, b) => a.year - b.year) }
}

/** How many days a holiday takes. */
export function countDays({ from, to }: { readonly from: string; readonly to: string }): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
}
