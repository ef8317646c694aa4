import { expect, test } from 'vitest'
import { traceCurve } from './curve.ts'

const schedule = [
  { period: '2026-Q1', share: 1_000 },
  { period: '2026-Q2', share: 5_000 },
  { period: '2026-Q3', share: 8_000 },
  { period: '2026-Q4', share: 10_000 },
]

test('expected follows the schedule, the forecast goes on from the last actual figure to the whole year', () => {
  const points = traceCurve({ target: 200, isLevel: false, schedule, trend: [10, 90], forecast: 180 })
  expect(points.map(({ expected }) => expected)).toEqual([20, 100, 160, 200])
  expect(points.map(({ actual }) => actual)).toEqual([10, 90, null, null])
  expect(points.map(({ forecast }) => forecast)).toEqual([null, 90, 144, 180])
})

test('a rate has one level all year and no forecast; a missing figure is no zero', () => {
  const points = traceCurve({ target: 8_300, isLevel: true, schedule, trend: [null, 8_400], forecast: null })
  expect(points.map(({ expected }) => expected)).toEqual([8_300, 8_300, 8_300, 8_300])
  expect(points.map(({ actual }) => actual)).toEqual([null, 8_400, null, null])
  expect(points.every(({ forecast }) => forecast === null)).toBe(true)
})

test('without a target or any figure there is nothing to draw, and nothing breaks', () => {
  const points = traceCurve({ target: null, isLevel: false, schedule, trend: [], forecast: null })
  expect(points.flatMap(({ expected, actual, forecast }) => [expected, actual, forecast])).toEqual(Array(12).fill(null))
})
