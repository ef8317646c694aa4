import { z } from 'zod'

/** A day's place in the week and the year is the same everywhere on earth when days are texts: UTC is only arithmetic here. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/**
 * When a report is due (DL-01), counted from the last day of its period.
 *   working   n working days later
 *   calendar  n calendar days later
 *   months    the same day n months later (the last day where the month is shorter or the period ended on a last day)
 *   fixed     the first such day of the year after the period
 */
export const Due = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('working'), days: z.int().min(1).max(250) }),
  z.object({ kind: z.literal('calendar'), days: z.int().min(1).max(366) }),
  z.object({ kind: z.literal('months'), months: z.int().min(1).max(12) }),
  z.object({ kind: z.literal('fixed'), month: z.int().min(1).max(12), day: z.int().min(1).max(31) }),
])
export type Due = z.output<typeof Due>

/**
 * The holidays of the State Council, year by year, with the weekends that are worked instead (DL-02). Kept as the parameter
 * `calendar.holidays`.
 */
export const HolidayCalendar = z.object({
  years: z.array(
    z.object({
      year: z.int().min(1990).max(2100),
      holidays: z.array(
        z.object({ nameZh: z.string().min(1), nameEn: z.string().min(1), from: z.iso.date(), to: z.iso.date() }),
      ),
      workdays: z.array(z.iso.date()),
    }),
  ),
})
export type HolidayCalendar = z.output<typeof HolidayCalendar>

// Holidays whose date the law itself names; all that is known of a year before its notice is out.
const lawful = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']

/**
 * Whether offices work on this day. A notice reaches into the year before its own (2018-12-31 was free by that of 2019), so all of them
 * are asked. A year the calendar does not hold yet has its weekends and the holidays of fixed date.
 */
export function isWorkingDay(date: string, calendar: HolidayCalendar): boolean {
  const isWeekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
  if (calendar.years.some(({ workdays }) => workdays.includes(date))) return true
  const isHoliday = calendar.years.some(({ holidays }) => holidays.some(({ from, to }) => from <= date && date <= to))
  return !isWeekend && !isHoliday && (isCalendarKnown(date, calendar) || !lawful.includes(date.slice(5)))
}

/** Whether the year's notice is in the calendar; a deadline in another year may still move. */
export function isCalendarKnown(date: string, calendar: HolidayCalendar): boolean {
  return calendar.years.some((entry) => entry.year === Number(date.slice(0, 4)))
}

/** The years whose notice is wanted by now and not in the calendar: this one, and from December on the next. */
export function listMissingYears(calendar: HolidayCalendar | null, today: string): number[] {
  const year = Number(today.slice(0, 4))
  const wanted = today.slice(5, 7) === '12' ? [year, year + 1] : [year]
  return wanted.filter((one) => !calendar?.years.some((entry) => entry.year === one))
}

function lastDayOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function writeDay(year: number, month: number, day: number): string {
  const valid = Math.min(day, lastDayOfMonth(year, month))
  return `${year}-${String(month).padStart(2, '0')}-${String(valid).padStart(2, '0')}`
}

function addMonths(date: string, months: number): string {
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7))
  const day = Number(date.slice(8))
  const isLast = day === lastDayOfMonth(year, month)
  const position = year * 12 + month - 1 + months
  return writeDay(Math.floor(position / 12), (position % 12) + 1, isLast ? 31 : day)
}

function nextFixedDay(date: string, month: number, day: number): string {
  const year = Number(date.slice(0, 4))
  const here = writeDay(year, month, day)
  return here > date ? here : writeDay(year + 1, month, day)
}

function nextWorkingDay(date: string, calendar: HolidayCalendar): string {
  let day = date
  while (!isWorkingDay(day, calendar)) day = addDays(day, 1)
  return day
}

function countWorkingDays(from: string, days: number, calendar: HolidayCalendar): string {
  let day = from
  let left = days
  while (left > 0) {
    day = addDays(day, 1)
    if (isWorkingDay(day, calendar)) left -= 1
  }
  return day
}

/**
 * The last day on which a report is in time. The period's last day itself is not counted; a last day that falls on a
 * holiday moves to the next working day (DL-03).
 *
 * @param periodEnd last day of the period, "2026-09-30"
 */
export function dueOn(due: Due, periodEnd: string, calendar: HolidayCalendar): string {
  switch (due.kind) {
    case 'working':
      return countWorkingDays(periodEnd, due.days, calendar)
    case 'calendar':
      return nextWorkingDay(addDays(periodEnd, due.days), calendar)
    case 'months':
      return nextWorkingDay(addMonths(periodEnd, due.months), calendar)
    case 'fixed':
      return nextWorkingDay(nextFixedDay(periodEnd, due.month, due.day), calendar)
  }
}
