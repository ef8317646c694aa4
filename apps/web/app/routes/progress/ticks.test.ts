import fc from 'fast-check'
import { expect, it } from 'vitest'
import { listTicks } from './ticks.ts'

it.each([
  [0, 0, [0, 1]],
  [0, 3, [0, 1, 2, 3]],
  [0, 10, [0, 5, 10]],
  [0, 100, [0, 25, 50, 75, 100]],
  [0, 8494, [0, 2500, 5000, 7500, 10000]],
  [-30, 120, [-50, 0, 50, 100, 150]],
])('from %i to %i', (low, high, expected) => expect(listTicks(low, high)).toEqual(expected))

it('holds whatever range in a handful of even whole steps', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 0 }), fc.integer({ min: 0, max: 1e13 }), (low, high) => {
      const ticks = listTicks(low, high)
      expect(ticks.length).toBeGreaterThanOrEqual(2)
      expect(ticks.length).toBeLessThanOrEqual(7)
      expect(ticks[0]).toBeLessThanOrEqual(low)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(high)
      expect(ticks).toContain(0)
      expect(ticks.every(Number.isInteger)).toBe(true)
    }),
  )
})
