import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeFormula,
  evaluateFormula,
  evaluateRatio,
  listNames,
  lookUpIn,
  measureDepth,
  type Formula,
} from './formulas.ts'
import { compareFractions, makeFraction, readDecimal, readScaled, roundRatio, writeFraction } from './fractions.ts'
import { computeRatios, deriveRatios } from './ratios.ts'
import type { CheckedItem } from './items.ts'
import { marks } from './marks.ts'

const name = fc.constantFrom('a', 'b', 'c', 'd')
const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 5 },
    name,
    fc.integer({ min: -1000, max: 1000 }),
    fc.record({ op: fc.constantFrom('+', '-', '*', '/'), left: tie('formula'), right: tie('formula') }),
  ),
}))
const values = fc.record({
  a: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  b: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  c: fc.bigInt({ min: 0n, max: 50n }),
  d: fc.constant(null),
})

/** The same arithmetic without lowest terms and without sharing a line with the code under test. */
function work(part: Formula, of: Record<string, bigint | null>): [bigint, bigint] | null {
  if (typeof part === 'number') return [BigInt(part), 1n]
  if (typeof part === 'string') {
    const value = of[part] ?? null
    return value === null ? null : [value, 1n]
  }
  const l = work(part.left, of)
  const r = work(part.right, of)
  if (!l || !r) return null
  if (part.op === '+') return [l[0] * r[1] + r[0] * l[1], l[1] * r[1]]
  if (part.op === '-') return [l[0] * r[1] - r[0] * l[1], l[1] * r[1]]
  if (part.op === '*') return [l[0] * r[0], l[1] * r[1]]
  return r[0] === 0n ? null : [l[0] * r[1], l[1] * r[0]]
}

describe('evaluateFormula', () => {
  it('is exact: agrees with fractions of bigint worked out another way', () => {
    fc.assert(
      fc.property(formula, values, (tree, of) => {
        const record: Record<string, bigint | null> = of
        const got = evaluateFormula(tree, (asked) => {
          const value = record[asked] ?? null
          return value === null ? null : makeFraction(value, 1n)
        })
        const expected = work(tree, record)
        if (expected === null) expect(got).toBeNull()
        else {
          expect(got).not.toBeNull()
          if (got) {
            expect(got.top * expected[1]).toBe(expected[0] * got.bottom)
            expect(got.bottom > 0n).toBe(true)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is missing as soon as a part is, and when there is nothing to divide by', () => {
    const one = () => makeFraction(1n, 1n)
    expect(evaluateFormula({ op: '+', left: 'a', right: 'b' }, (asked) => (asked === 'b' ? null : one()))).toBeNull()
    expect(evaluateFormula({ op: '/', left: 'a', right: 0 }, one)).toBeNull()
    expect(evaluateFormula({ op: '*', left: 0, right: 'missing' }, () => null)).toBeNull()
  })

  it('takes decimals as they are written', () => {
    expect(evaluateFormula({ op: '+', left: 0.1, right: 0.2 }, () => null)).toEqual({ top: 3n, bottom: 10n })
    expect(readDecimal(1e-7)).toBeNull()
    expect(readDecimal(Number.NaN)).toBeNull()
  })

  it('lists names once and measures depth', () => {
    const tree: Formula = { op: '/', left: { op: '+', left: 'a', right: 'b' }, right: 'a' }
    expect(listNames(tree)).toEqual(['a', 'b'])
    expect(measureDepth(tree)).toBe(2)
  })
})

describe('roundRatio', () => {
  it.each([
    [1n, 2n, 0, 1],
    [-1n, 2n, 0, -1],
    [1n, 3n, 2, 33],
    [2n, 3n, 2, 67],
    [5n, 1000n, 2, 1],
    [-1n, 1000n, 2, 0],
    [32_700n, 385n, 2, 8494],
  ])('%s / %s at %s digits is %s', (top, bottom, digits, expected) => {
    const fraction = makeFraction(top, bottom)
    expect(fraction && roundRatio(fraction, digits)).toBe(expected)
  })

  it('is never further off than half a unit, and symmetric', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 11n), max: 10n ** 11n }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.nat(4),
        (top, bottom, digits) => {
          const fraction = makeFraction(top, bottom)
          const opposite = makeFraction(-top, bottom)
          if (!fraction || !opposite) throw new Error('no fraction')
          const stored = BigInt(roundRatio(fraction, digits))
          const miss = top * 10n ** BigInt(digits) - stored * bottom
          expect(2n * (miss < 0n ? -miss : miss) <= bottom).toBe(true)
          expect(BigInt(roundRatio(opposite, digits))).toBe(-stored)
        },
      ),
    )
  })

  it('refuses what it cannot hold', () => {
    expect(() => roundRatio({ top: 2n ** 60n, bottom: 1n }, 0)).toThrow(RangeError)
  })

  it('orders as numbers do', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -9999, max: 9999 }), (a, b) => {
        expect(compareFractions(readScaled(a, 2), readScaled(b, 2))).toBe(Math.sign(a - b))
      }),
    )
  })

  it('writes figures for readers', () => {
    expect(writeFraction(readScaled(6_052_100, 2))).toBe('60,521')
    expect(writeFraction(readScaled(8494, 2))).toBe('84.94')
    expect(writeFraction({ top: -1n, bottom: 1000n })).toBe('0')
    expect(writeFraction({ top: -5n, bottom: 2n })).toBe('-2.5')
  })
})

const item = (position: number, code: string, more: Partial<CheckedItem> = {}): CheckedItem => ({
  position,
  code,
  nameZh: code,
  nameEn: code,
  unit: '人',
  scale: 0,
  nature: 'stock',
  additivity: 'sum',
  formula: null,
  breakdownZh: '',
  breakdownEn: '',
  ...more,
})
const rate = { unit: '%', scale: 2, nature: 'ratio', additivity: 'ratio' } as const

describe('ratios', () => {
  const items = [
    item(1, 'members'),
    item(2, 'employees'),
    item(3, 'rate', { ...rate, formula: { op: '/', left: 'members', right: 'employees' } }),
    item(4, 'paid', { unit: '元', scale: 2 }),
    item(5, 'mean', { ...rate, unit: '元/户', formula: { op: '/', left: 'paid', right: 'members' } }),
    item(6, 'members', { breakdownZh: '女性' }),
    item(7, 'rate', { ...rate, breakdownZh: '女性', formula: { op: '/', left: 'members', right: 'employees' } }),
  ]

  it('come from the parts of the same vector: percent in hundredths, money per household in fen', () => {
    expect(computeRatios(items, [148_000, 159_000, null, 1_000_000, null, 50_000, null])).toEqual([
      null,
      null,
      9308,
      null,
      7,
      null,
      null,
    ])
  })

  it('are missing without a part or with denominator 0, never 0', () => {
    expect(computeRatios(items, [0, 0, 5000, null, null, null, null])).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      null,
    ])
    expect(computeRatios(items, [0, 10, null, null, null, null, null])[2]).toBe(0)
    expect(computeRatios(items, [])).toEqual([null, null, null, null, null, null, null])
  })

  it('never mix a part with a whole: women members by all employees is no rate of women', () => {
    expect(lookUpIn(items, [1, 2, null, 3, null, 9, null], '女性')('members')).toEqual({ top: 9n, bottom: 1n })
    expect(lookUpIn(items, [1, 2, null, 3, null, 9, null], '女性')('employees')).toBeNull()
  })

  it('say when a part is not exact', () => {
    expect(deriveRatios(items, [1, 2, null, 3, null, 9, null], [0, marks.over, 0, 0, 0, 0, 0])).toEqual([
      { position: 3, value: 5000, inexact: true },
      { position: 5, value: 3, inexact: false },
      { position: 7, value: null, inexact: false },
    ])
  })

  it('of a sum are the ratio of sums, whatever the parts were (GOV-03)', () => {
    const pair = fc.tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }))
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 20 }), (bodies) => {
        const top = bodies.reduce((sum, [value]) => sum + value, 0)
        const bottom = bodies.reduce((sum, [, value]) => sum + value, 0)
        const scaled = (BigInt(top) * 20_000n + BigInt(bottom)) / (2n * BigInt(bottom))
        expect(computeRatios(items, [top, bottom])[2]).toBe(Number(scaled))
      }),
    )
  })

  it('multiplies by 100 for percent and for nothing else', () => {
    const half = () => makeFraction(1n, 2n)
    expect(evaluateRatio('x', '%', half)).toEqual({ top: 50n, bottom: 1n })
    expect(evaluateRatio('x', '元/户', half)).toEqual({ top: 1n, bottom: 2n })
  })
})

describe('describeFormula', () => {
  const items = [
    item(1, 'a', { nameZh: '女职工委员会数', nameEn: 'Committees' }),
    item(2, 'b', { nameZh: '会员', nameEn: 'Members', breakdownZh: '女性', breakdownEn: 'women' }),
  ]
  it.each([
    [{ op: '+', left: 'a', right: 'b#女性' }, '女职工委员会数 + 会员（女性）', 'Committees + Members (women)'],
    [
      { op: '*', left: { op: '-', left: 'a', right: 1 }, right: 2 },
      '（女职工委员会数 − 1） × 2',
      '(Committees − 1) × 2',
    ],
    [
      { op: '-', left: 'a', right: { op: '-', left: 'a', right: 1 } },
      '女职工委员会数 − （女职工委员会数 − 1）',
      'Committees − (Committees − 1)',
    ],
    ['unknown', 'unknown', 'unknown'],
  ] satisfies [Formula, string, string][])('%j', (tree, zh, en) => {
    expect(describeFormula(tree, items, 'zh-CN')).toBe(zh)
    expect(describeFormula(tree, items, 'en')).toBe(en)
  })
})
