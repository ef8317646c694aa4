import fc from 'fast-check'
import { listPeriods, periodKinds } from '@gonglian/indicators'
import { expect, test } from 'vitest'
import {
  expectedShare,
  forecastYear,
  makeSeasonalSchedule,
  makeStandingSchedule,
  makeStraightSchedule,
  Schedule,
} from './schedules.ts'

test('a straight year', () => {
  expect(makeStraightSchedule()).toEqual([833, 1667, 2500, 3333, 4167, 5000, 5833, 6667, 7500, 8333, 9167, 10000])
})

test('送温暖 is winter: the season of past years, the larger year weighing more', () => {
  const winter = [40, 40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20]
  const late = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 300]
  expect(makeSeasonalSchedule([winter], 'flow')).toEqual([
    4000, 8000, 8000, 8000, 8000, 8000, 8000, 8000, 8000, 8000, 8000, 10000,
  ])
  expect(makeSeasonalSchedule([winter, late], 'flow')?.slice(0, 3)).toEqual([1000, 2000, 2000])
})

test('a stock is expected at the level it usually has, and not to fall', () => {
  const members = [960, 965, 970, 968, 975, 980, 982, 985, 990, 992, 996, 1000]
  expect(makeSeasonalSchedule([members], 'stock')).toEqual([
    9600, 9650, 9700, 9700, 9750, 9800, 9820, 9850, 9900, 9920, 9960, 10000,
  ])
})

test('a year with a missing month says nothing about the season', () => {
  const gap = [10, null, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10]
  const even = Array.from({ length: 12 }, () => 5)
  expect(makeSeasonalSchedule([gap], 'flow')).toBeNull()
  expect(makeSeasonalSchedule([gap, even], 'flow')).toEqual(makeStraightSchedule())
  expect(makeSeasonalSchedule([], 'flow')).toBeNull()
  expect(makeSeasonalSchedule([Array.from({ length: 12 }, () => 0)], 'flow')).toBeNull()
})

test('every kind of period has its expected share', () => {
  const straight = makeStraightSchedule()
  expect(
    ['2026-03', '2026-Q1', '2026-H1', '2026', '2026-03-A', '2026-03-B', '2026-01-A'].map((period) =>
      expectedShare(straight, period),
    ),
  ).toEqual([2500, 2500, 5000, 10000, 2084, 2500, 417])
  expect(() => expectedShare(straight, '2026-13')).toThrow('errors.period')
})

test('what must always be held is expected in full from the first day of reporting', () => {
  expect(expectedShare(makeStandingSchedule(), '2026-01')).toBe(10000)
})

test('a schedule that falls, ends short or has another length is refused', () => {
  const straight = [...makeStraightSchedule()]
  expect(Schedule.safeParse(straight).success).toBe(true)
  expect(Schedule.safeParse(straight.with(4, 100)).success).toBe(false)
  expect(Schedule.safeParse(straight.with(11, 9999)).success).toBe(false)
  expect(Schedule.safeParse(straight.slice(1)).success).toBe(false)
})

test('the forecast needs something to be expected by now', () => {
  expect(forecastYear(250, 2500)).toBe(1000)
  expect(forecastYear(null, 2500)).toBeNull()
  expect(forecastYear(0, 0)).toBeNull()
})

test('any complete history gives a valid schedule, and the expected share never falls through the year', () => {
  const year = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(
      fc.array(year, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('flow' as const, 'stock' as const),
      fc.constantFrom(...periodKinds),
      (years, nature, kind) => {
        const schedule = makeSeasonalSchedule(years, nature)
        if (!schedule) return
        expect(Schedule.safeParse([...schedule]).success).toBe(true)
        const shares = listPeriods(kind, 2026).map((period) => expectedShare(schedule, period))
        expect(shares).toEqual([...shares].sort((a, b) => a - b))
        expect(shares.at(-1)).toBe(10000)
      },
    ),
  )
})
