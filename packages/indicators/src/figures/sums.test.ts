import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marks } from './marks.ts'
import { combineFigures } from './sums.ts'

const figure = fc.record({
  value: fc.option(fc.integer({ min: 0, max: 1_000_000_000_000 })),
  mark: fc.constantFrom(marks.exact, marks.about, marks.over),
})

describe('combineFigures (PER-03)', () => {
  it('adds flows, leaves out what is missing and counts it', () => {
    expect(combineFigures('flow', [{ value: 3 }, { value: null }, { value: 4, mark: marks.over }])).toEqual({
      value: 7,
      mark: marks.over,
      missing: 1,
    })
  })

  it('takes the last stock, and no earlier one for it', () => {
    expect(combineFigures('stock', [{ value: 3 }, { value: 5, mark: marks.about }])).toEqual({
      value: 5,
      mark: marks.about,
      missing: 0,
    })
    expect(combineFigures('stock', [{ value: 3 }, { value: null }])).toEqual({
      value: null,
      mark: marks.exact,
      missing: 1,
    })
    expect(combineFigures('stock', [])).toEqual({ value: null, mark: marks.exact, missing: 1 })
  })

  it('builds no ratio from ratios', () => {
    expect(combineFigures('ratio', [{ value: 9000 }, { value: 9500 }]).value).toBeNull()
  })

  it('nothing is missing, not 0, and a common reason stays', () => {
    expect(combineFigures('flow', [])).toEqual({ value: null, mark: marks.exact, missing: 0 })
    expect(
      combineFigures('flow', [
        { value: null, mark: marks.redacted },
        { value: null, mark: marks.redacted },
      ]),
    ).toEqual({ value: null, mark: marks.redacted, missing: 2 })
    expect(combineFigures('flow', [{ value: 0 }])).toEqual({ value: 0, mark: marks.exact, missing: 0 })
  })

  it('adds the same in one step or quarter by quarter', () => {
    fc.assert(
      fc.property(fc.array(figure, { maxLength: 6 }), fc.array(figure, { maxLength: 6 }), (first, second) => {
        const whole = combineFigures('flow', [...first, ...second])
        const halves = combineFigures('flow', [combineFigures('flow', first), combineFigures('flow', second)])
        expect(halves.value).toBe(whole.value)
        expect(whole.missing).toBe([...first, ...second].filter((part) => part.value === null).length)
      }),
    )
  })

  it('refuses a sum it cannot hold', () => {
    expect(() => combineFigures('flow', [{ value: Number.MAX_SAFE_INTEGER }, { value: 1 }])).toThrow(RangeError)
  })
})
