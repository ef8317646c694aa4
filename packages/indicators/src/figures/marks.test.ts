import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMarks, isInexact, isMissingReason, marks, readMark } from './marks.ts'

describe('marks (UNI-03, UNI-05)', () => {
  it('keep the numbers that vectors store', () => {
    expect(marks).toEqual({
      exact: 0,
      about: 1,
      over: 2,
      atLeast: 3,
      under: 4,
      atMost: 5,
      range: 6,
      notCollected: 7,
      notApplicable: 8,
      withheld: 9,
      redacted: 10,
    })
  })

  it('are either exact, inexact or a reason for missing', () => {
    for (const mark of Object.values(marks)) {
      expect([mark === marks.exact, isInexact(mark), isMissingReason(mark)].filter(Boolean)).toHaveLength(1)
    }
    expect([isInexact(null), isInexact(undefined), isMissingReason(null), isMissingReason(11)]).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it.each([null, undefined, 11, -1, 0.5])('%s counts as exact', (mark) => expect(readMark(mark)).toBe(marks.exact))
})

describe('addMarks', () => {
  it.each([
    [[], marks.exact],
    [[0, 0, null], marks.exact],
    [[0, marks.over], marks.over],
    [[marks.over, marks.atLeast], marks.over],
    [[marks.atLeast, marks.atLeast, 0], marks.atLeast],
    [[marks.under, marks.atMost], marks.under],
    [[marks.atMost, marks.atMost], marks.atMost],
    [[marks.over, marks.under], marks.about],
    [[marks.about, 0], marks.about],
    [[marks.range], marks.about],
    [[marks.redacted, 0], marks.exact],
  ])('%j is %s', (parts, expected) => expect(addMarks(parts)).toBe(expected))

  it('is inexact exactly when a part is, whatever the order', () => {
    const mark = fc.constantFrom(...Object.values(marks))
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 8 }), (parts) => {
        expect(isInexact(addMarks(parts))).toBe(parts.some(isInexact))
        expect(addMarks(parts.toReversed())).toBe(addMarks(parts))
      }),
    )
  })

  it('can be added in groups, as totals of totals are', () => {
    const mark = fc.constantFrom(
      ...Object.values(marks).filter((value) => !isMissingReason(value) && value !== marks.range),
    )
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 5 }), fc.array(mark, { maxLength: 5 }), (a, b) => {
        expect(addMarks([addMarks(a), addMarks(b)])).toBe(addMarks([...a, ...b]))
      }),
    )
  })
})
