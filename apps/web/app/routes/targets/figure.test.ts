import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHundredths, writeHundredths } from './figure.ts'

describe('hundredths', () => {
  it('come back from what was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (value) => {
        expect(readHundredths(writeHundredths(value))).toBe(value)
      }),
    )
  })
  it('are read as people type them', () => {
    expect(['5％', ' 12.5 ', '-10', '−10', '0.05', '-0'].map(readHundredths)).toEqual([500, 1250, -1000, -1000, 5, 0])
  })
  it('are not guessed', () => {
    expect(['', 'x', '1.234', '1e3', '--1', '.5'].map(readHundredths)).toEqual([null, null, null, null, null, null])
  })
})
