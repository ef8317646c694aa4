import fc from 'fast-check'
import { makeStraightSchedule, makeStandingSchedule } from '@gonglian/targets'
import { describe, expect, test } from 'vitest'
import { measureProgress, rankBodies, type Yardstick } from './progress.ts'

const sum: Yardstick = {
  method: 'sum',
  direction: 1,
  schedule: makeStraightSchedule(),
  isRate: false,
  yellowFrom: 0,
  redFrom: -1000,
}
const rate: Yardstick = { ...sum, method: 'floor', schedule: makeStandingSchedule(), isRate: true }

describe('measureProgress', () => {
  test('on schedule is green, ten points behind is still yellow, more is red', () => {
    // By the end of September three quarters of the year's target are expected.
    expect(measureProgress(sum, 1000, 750, '2026-09')).toEqual({ expected: 750, rate: 7500, gap: 0, light: 'green' })
    expect(measureProgress(sum, 1000, 749, '2026-09').light).toBe('yellow')
    expect(measureProgress(sum, 1000, 650, '2026-09')).toMatchObject({ gap: -1000, light: 'yellow' })
    expect(measureProgress(sum, 1000, 649, '2026-09').light).toBe('red')
  })

  test('a rate is compared in percentage points: 84.94 % against 85 % is behind by 0.06', () => {
    expect(measureProgress(rate, 8500, 8494, '2026-03')).toEqual({
      expected: 8500,
      rate: 9993,
      gap: -6,
      light: 'yellow',
    })
    expect(measureProgress(rate, 8500, 8500, '2026-03').light).toBe('green')
  })

  test('less is better where the direction says so', () => {
    const fewer: Yardstick = { ...rate, direction: -1 }
    expect(measureProgress(fewer, 300, 200, '2026-06').light).toBe('green')
    expect(measureProgress(fewer, 300, 500, '2026-06')).toMatchObject({ gap: -200, light: 'yellow' })
  })

  test('missing is neither red nor green, and above 100 % is kept raw (UNI-05, GOV-03)', () => {
    expect(measureProgress(sum, 1000, null, '2026-09')).toEqual({ expected: 750, rate: null, gap: null, light: null })
    expect(measureProgress(sum, null, 500, '2026-09')).toEqual({ expected: null, rate: null, gap: null, light: null })
    expect(measureProgress(sum, 1000, 2500, '2026-12').rate).toBe(25_000)
  })

  test('more done never looks worse', () => {
    const figure = fc.nat(1_000_000)
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        figure,
        figure,
        fc.integer({ min: 1, max: 12 }),
        (target, a, b, month) => {
          const period = `2026-${String(month).padStart(2, '0')}`
          const less = measureProgress(sum, target, Math.min(a, b), period)
          const more = measureProgress(sum, target, Math.max(a, b), period)
          expect(more.gap ?? 0).toBeGreaterThanOrEqual(less.gap ?? 0)
        },
      ),
    )
  })
})

describe('rankBodies', () => {
  test('equals share a place, the next place is skipped, nobody without a figure has one', () => {
    const ranks = rankBodies([
      { id: 1, gap: 5 },
      { id: 2, gap: 9 },
      { id: 3, gap: 5 },
      { id: 4, gap: null },
      { id: 5, gap: -1 },
    ])
    expect([...ranks].sort()).toEqual([
      [1, 2],
      [2, 1],
      [3, 2],
      [5, 4],
    ])
  })
})
