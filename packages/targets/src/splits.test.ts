import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  findLimit,
  findRemainder,
  findReserve,
  splitAlike,
  splitByBasis,
  splitBySameShare,
  splitEqual,
  type Reserve,
  type Split,
  type SplitRow,
} from './splits.ts'

const none: Reserve = { kind: 'amount', amount: 0 }
const row = (code: string, basis: number | null, value: number | null = null, locked = false): SplitRow => ({
  code,
  basis,
  value,
  locked,
})

function valuesOf(split: Split): Record<string, number | null> {
  if (!split.ok) throw new Error(split.key)
  return Object.fromEntries(split.values)
}

describe('by hand', () => {
  test('what does not divide goes to the first by code', () => {
    expect(
      valuesOf(splitEqual({ share: 11, reserve: none, rows: [row('c', null), row('a', null), row('b', null)] })),
    ).toEqual({ a: 4, b: 4, c: 3 })
  })

  test('largest remainder: 100 by 1, 1, 1, 4 of 7', () => {
    // exact: 14.29, 14.29, 14.29, 57.14; the two left over go to the first two by code among equal remainders
    expect(
      valuesOf(splitByBasis({ share: 100, reserve: none, rows: [row('a', 1), row('b', 1), row('c', 1), row('d', 4)] })),
    ).toEqual({ a: 15, b: 14, c: 14, d: 57 })
  })

  test('a row without a basis gets nothing and is named; one with 0 is not named', () => {
    const split = splitByBasis({ share: 10, reserve: none, rows: [row('a', 5), row('b', null), row('c', 0)] })
    expect(valuesOf(split)).toEqual({ a: 10, b: 0, c: 0 })
    expect(split.ok && split.unknown).toEqual(['b'])
  })

  test('without any basis nothing is guessed', () => {
    expect(splitByBasis({ share: 10, reserve: none, rows: [row('a', 0), row('b', null)] })).toEqual({
      ok: false,
      key: 'errors.splitNoBasis',
      params: {},
    })
    expect(valuesOf(splitByBasis({ share: 0, reserve: none, rows: [row('a', 0)] }))).toEqual({ a: 0 })
  })

  test('the reserve is an amount or a percentage rounded down', () => {
    expect(findReserve(999, { kind: 'percent', percent: 500 })).toBe(49)
    expect(findReserve(999, { kind: 'amount', amount: 7 })).toBe(7)
    const split = splitEqual({
      share: 999,
      reserve: { kind: 'percent', percent: 500 },
      rows: [row('a', null), row('b', null)],
    })
    expect(valuesOf(split)).toEqual({ a: 475, b: 475 })
    expect(split.ok && split.reserve).toBe(49)
  })

  test('locked rows that already pass the share are refused by how much', () => {
    expect(splitEqual({ share: 10, reserve: none, rows: [row('a', null, 12, true), row('b', null)] })).toEqual({
      ok: false,
      key: 'errors.splitLockedTooMuch',
      params: { over: 2 },
    })
  })

  test('when all rows are locked the rest stays in the reserve', () => {
    const split = splitEqual({ share: 10, reserve: none, rows: [row('a', null, 4, true)] })
    expect(split).toMatchObject({ ok: true, reserve: 6 })
  })

  test('the same share as another item', () => {
    expect(
      valuesOf(
        splitBySameShare(
          { share: 30, reserve: none, rows: [row('a', null), row('b', null)] },
          new Map([
            ['a', 200],
            ['b', 100],
          ]),
        ),
      ),
    ).toEqual({ a: 20, b: 10 })
  })

  test('rates are given to all alike', () => {
    expect(valuesOf(splitAlike(9000, [row('a', null), row('b', null, 8500, true)]))).toEqual({ a: 9000, b: 8500 })
  })

  test('the limit of over-allocation is rounded down', () => {
    expect(findLimit(999, 1000)).toBe(99)
    expect(findLimit(1_000_000_000_000, 10_000)).toBe(1_000_000_000_000)
  })
})

const amount = fc.integer({ min: 0, max: 1_000_000_000_000 })
const rows = fc.uniqueArray(
  fc.record({
    code: fc.stringMatching(/^[0-9]{2,9}$/),
    basis: fc.option(fc.oneof(amount, fc.constant(0), fc.integer({ min: 0, max: 9 })), { nil: null }),
    value: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: null }),
    locked: fc.boolean(),
  }),
  { selector: (one) => one.code, maxLength: 60 },
)
const reserve: fc.Arbitrary<Reserve> = fc.oneof(
  fc.record({ kind: fc.constant('amount' as const), amount: fc.integer({ min: -5000, max: 5000 }) }),
  fc.record({ kind: fc.constant('percent' as const), percent: fc.integer({ min: 0, max: 10_000 }) }),
)
const methods = fc.constantFrom(splitByBasis, splitEqual)

describe('for any split', () => {
  test('children + reserve = share exactly, none negative, locked rows untouched, no row lost', () => {
    fc.assert(
      fc.property(methods, amount, reserve, rows, (method, share, kept, list) => {
        const split = method({ share, reserve: kept, rows: list })
        if (!split.ok) return
        const values = [...split.values.values()]
        expect(findRemainder(share, split.reserve, values)).toBe(0)
        expect(values.every((value) => value === null || (value >= 0 && Number.isSafeInteger(value)))).toBe(true)
        expect([...split.values.keys()].sort()).toEqual(list.map((one) => one.code).sort())
        for (const one of list) if (one.locked) expect(split.values.get(one.code)).toBe(one.value)
      }),
      { numRuns: 500 },
    )
  })

  test('it is refused only for locked rows that pass the share or for want of any basis', () => {
    fc.assert(
      fc.property(amount, reserve, rows, (share, kept, list) => {
        const split = splitByBasis({ share, reserve: kept, rows: list })
        const left =
          share -
          findReserve(share, kept) -
          list.filter((one) => one.locked).reduce((sum, one) => sum + (one.value ?? 0), 0)
        const free = list.filter((one) => !one.locked)
        const hasBasis = free.some((one) => (one.basis ?? 0) > 0)
        expect(split.ok).toBe(left >= 0 && (free.length === 0 || hasBasis || left === 0))
      }),
    )
  })

  test('who has the larger basis never gets less, and nobody is a whole one off the exact proportion', () => {
    fc.assert(
      fc.property(amount, rows, (share, list) => {
        const free = list.map((one) => ({ ...one, locked: false }))
        const split = splitByBasis({ share, reserve: none, rows: free })
        if (!split.ok || free.length === 0) return
        const total = free.reduce((sum, one) => sum + BigInt(one.basis ?? 0), 0n)
        if (total === 0n) return
        const sorted = [...free].sort((a, b) => (a.basis ?? 0) - (b.basis ?? 0))
        for (const [index, one] of sorted.entries()) {
          const value = split.values.get(one.code) ?? 0
          const next = sorted[index + 1]
          if (next && (next.basis ?? 0) > (one.basis ?? 0))
            expect(split.values.get(next.code) ?? 0).toBeGreaterThanOrEqual(value)
          const off = BigInt(value) * total - BigInt(share) * BigInt(one.basis ?? 0)
          expect(off < total && -off < total).toBe(true)
        }
      }),
    )
  })

  test('the order of the rows changes nothing', () => {
    fc.assert(
      fc.property(methods, amount, reserve, rows, fc.infiniteStream(fc.nat()), (method, share, kept, list, keys) => {
        const shuffled = list
          .map((one) => ({ one, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one)
        const sortedEntries = (split: Split) =>
          split.ok ? [...split.values].sort(([a], [b]) => (a < b ? -1 : 1)) : split
        expect(sortedEntries(method({ share, reserve: kept, rows: shuffled }))).toEqual(
          sortedEntries(method({ share, reserve: kept, rows: list })),
        )
      }),
    )
  })
})
