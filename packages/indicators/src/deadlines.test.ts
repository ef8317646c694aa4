import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holidays } from '../data/holidays.ts'
import { Due, HolidayCalendar, dueOn, isCalendarKnown, isWorkingDay, listMissingYears } from './deadlines.ts'

const day = fc
  .date({ min: new Date('2024-06-01'), max: new Date('2028-06-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('the calendar of 2026', () => {
  it('is well formed, and what is worked instead lies on weekends outside the holidays', () => {
    expect(HolidayCalendar.parse(holidays)).toEqual(holidays)
    for (const year of holidays.years) {
      for (const workday of year.workdays) {
        expect([0, 6]).toContain(new Date(`${workday}T00:00:00Z`).getUTCDay())
        expect(year.holidays.some((holiday) => holiday.from <= workday && workday <= holiday.to)).toBe(false)
        expect(Number(workday.slice(0, 4))).toBe(year.year)
      }
      for (const holiday of year.holidays) expect(holiday.from <= holiday.to).toBe(true)
    }
  })

  it('has the number of working days the notice leaves: 261 week days - 19 days off + 6 worked weekends', () => {
    const days = Array.from({ length: 365 }, (_, position) =>
      new Date(Date.UTC(2026, 0, 1 + position)).toISOString().slice(0, 10),
    )
    expect(days.filter((date) => isWorkingDay(date, holidays))).toHaveLength(248)
  })

  it.each([
    ['2026-02-14', true, 'a Saturday worked instead'],
    ['2026-02-15', false, 'first day of the Spring Festival'],
    ['2026-02-23', false, 'last day of the Spring Festival'],
    ['2026-02-24', true, 'Tuesday after it'],
    ['2026-10-08', true, 'Thursday after the National Day'],
    ['2026-10-10', true, 'a Saturday worked instead'],
    ['2026-10-11', false, 'an ordinary Sunday'],
    ['2027-01-01', false, 'New Year of a year without notice'],
    ['2027-02-08', true, 'a Monday of a year without notice'],
  ])('%s: %s (%s)', (date, expected) => expect(isWorkingDay(date, holidays)).toBe(expected))

  it.each([
    ['2026-11-30', []],
    ['2026-12-01', [2027]],
    ['2027-06-01', [2027]],
    ['2028-12-31', [2028, 2029]],
  ])('misses on %s the notices of %j', (today, expected) => expect(listMissingYears(holidays, today)).toEqual(expected))

  it('misses this year where there is no calendar at all', () =>
    expect(listMissingYears(null, '2026-11-30')).toEqual([2026]))

  it.each([
    ['2018-12-29', true, 'a Saturday worked instead'],
    ['2018-12-30', false, 'a Sunday'],
    ['2018-12-31', false, 'free by the notice of the next year'],
    ['2019-01-01', false, 'New Year'],
    ['2019-01-02', true, 'the day after'],
    ['2018-10-01', false, 'of a year without notice'],
  ])('a notice reaches into the year before its own: %s %s (%s)', (date, expected) => {
    const notice = [{ nameZh: '元旦', nameEn: 'New Year', from: '2018-12-30', to: '2019-01-01' }]
    const calendar = { years: [{ year: 2019, holidays: notice, workdays: ['2018-12-29'] }] }
    expect(isWorkingDay(date, calendar)).toBe(expected)
    if (date === '2018-12-31')
      expect(dueOn({ kind: 'fixed', month: 12, day: 31 }, '2018-11-30', calendar)).toBe('2019-01-02')
  })

  it('says which years are provisional', () => {
    expect(isCalendarKnown('2026-12-31', holidays)).toBe(true)
    expect(isCalendarKnown('2027-01-08', holidays)).toBe(false)
  })
})

describe('dueOn', () => {
  it.each([
    [{ kind: 'working', days: 5 }, '2026-08-31', '2026-09-07'],
    // 国庆: 8, 9, 10 (worked Saturday), 12, 13 October.
    [{ kind: 'working', days: 5 }, '2026-09-30', '2026-10-13'],
    // 春节: 24 to 27 February and the worked Saturday 28.
    [{ kind: 'working', days: 5 }, '2026-02-15', '2026-02-28'],
    [{ kind: 'working', days: 5 }, '2026-12-31', '2027-01-08'],
    [{ kind: 'calendar', days: 3 }, '2026-09-30', '2026-10-08'],
    [{ kind: 'calendar', days: 10 }, '2026-03-31', '2026-04-10'],
    [{ kind: 'months', months: 1 }, '2026-01-31', '2026-02-28'],
    [{ kind: 'months', months: 1 }, '2026-06-30', '2026-07-31'],
    [{ kind: 'months', months: 1 }, '2026-06-15', '2026-07-15'],
    [{ kind: 'months', months: 3 }, '2025-12-31', '2026-03-31'],
    [{ kind: 'fixed', month: 1, day: 31 }, '2025-12-31', '2026-02-02'],
    [{ kind: 'fixed', month: 12, day: 31 }, '2025-12-31', '2026-12-31'],
  ])('%j after %s is %s (DL-01, DL-02, DL-03)', (due, end, expected) => {
    expect(dueOn(Due.parse(due), end, holidays)).toBe(expected)
  })

  it('never ends on a day off, and never on or before the end of the period', () => {
    const due = fc.oneof(
      fc.record({ kind: fc.constant('working'), days: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ kind: fc.constant('calendar'), days: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ kind: fc.constant('months'), months: fc.integer({ min: 1, max: 12 }) }),
      fc.record({
        kind: fc.constant('fixed'),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 31 }),
      }),
    )
    fc.assert(
      fc.property(due, day, (rule, end) => {
        const last = dueOn(Due.parse(rule), end, holidays)
        expect(last > end).toBe(true)
        expect(isWorkingDay(last, holidays)).toBe(true)
      }),
    )
  })

  it('one more working day is exactly one working day later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), day, (days, end) => {
        const shorter = dueOn({ kind: 'working', days }, end, holidays)
        expect(dueOn({ kind: 'working', days: 1 }, shorter, holidays)).toBe(
          dueOn({ kind: 'working', days: days + 1 }, end, holidays),
        )
      }),
    )
  })

  it('refuses a due rule that makes no sense', () => {
    for (const due of [
      { kind: 'working', days: 0 },
      { kind: 'working' },
      { kind: 'fixed', month: 13, day: 1 },
      { kind: 'never' },
      null,
    ]) {
      expect(Due.safeParse(due).success).toBe(false)
    }
  })
})
