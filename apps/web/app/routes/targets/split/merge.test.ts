import type { Shares } from '@gonglian/ui'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeSplits } from './merge.ts'

const codes = ['01', '02', '03', '04']
const anyShares: fc.Arbitrary<Shares> = fc.dictionary(
  fc.constantFrom(...codes),
  fc.record({ value: fc.option(fc.nat(9)), locked: fc.boolean() }),
)
const open = () => true
const values = (shares: Shares) => Object.fromEntries(codes.map((code) => [code, shares[code]?.value ?? null]))

describe('putting two edits of a split together', () => {
  it('takes theirs where I changed nothing, mine where they changed nothing', () => {
    fc.assert(
      fc.property(anyShares, anyShares, (base, changed) => {
        expect(values(mergeSplits(base, base, changed, open).shares)).toEqual(values(changed))
        expect(values(mergeSplits(base, changed, base, open).shares)).toEqual(values(changed))
        expect(mergeSplits(base, changed, base, open).conflicts).toEqual([])
      }),
    )
  })
  it('asks exactly where both changed a value, and differently; nothing typed is lost unasked', () => {
    fc.assert(
      fc.property(anyShares, anyShares, anyShares, (base, mine, theirs) => {
        const merged = mergeSplits(base, mine, theirs, open)
        const [before, own, other] = [values(base), values(mine), values(theirs)]
        const expected = codes.filter(
          (code) => own[code] !== before[code] && other[code] !== before[code] && own[code] !== other[code],
        )
        expect(merged.conflicts.map((conflict) => conflict.code).toSorted()).toEqual(expected)
        for (const code of codes) if (own[code] !== before[code]) expect(values(merged.shares)[code]).toBe(own[code])
      }),
    )
  })
  it('leaves alone what was issued meanwhile, and names it', () => {
    const merged = mergeSplits(
      { '01': { value: 1, locked: false } },
      { '01': { value: 2, locked: true } },
      { '01': { value: 1, locked: false } },
      () => false,
    )
    expect(merged).toEqual({ shares: { '01': { value: 1, locked: false } }, conflicts: [], lost: ['01'] })
  })
})
