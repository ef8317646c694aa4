import { describe, expect, it } from 'vitest'
import { computeSplit, listDifferences } from './methods.ts'
import { aView } from './testing.ts'
import { readShares, sumShares } from './rows.ts'

const percent = (hundredths: number) => ({ kind: 'percent', percent: hundredths }) as const

describe('computing a split', () => {
  const view = aView({
    share: 1000,
    rows: [
      { code: '01', value: null },
      { code: '02', value: 300, locked: true },
      { code: '03', value: 200, state: 'signed' },
      { code: '04', value: null },
    ],
  })
  it('leaves typed and issued shares and sums to the share with what is kept back', () => {
    const split = computeSplit(view, readShares(view), percent(1000), { method: 'equal' })
    if (!split.ok) throw new Error(split.key)
    expect(Object.fromEntries(split.values)).toEqual({ '01': 200, '02': 300, '03': 200, '04': 200 })
    expect(split.reserve).toBe(100)
  })
  it('over-allocates when told to keep back less than nothing', () => {
    const split = computeSplit(view, readShares(view), percent(-500), { method: 'equal' })
    if (!split.ok) throw new Error(split.key)
    const values = [...split.values.values()].reduce<number>((sum, value) => sum + (value ?? 0), 0)
    expect([values, split.reserve]).toEqual([1050, -50])
  })
  it('goes by figures of the bodies, and names those without', () => {
    const [first] = view.rows
    const basis = { year: 2025, figures: [{ bodyId: first?.body.id ?? 0, value: 7, inexact: false }] }
    const split = computeSplit(view, readShares(view), percent(0), { method: 'lastYear', basis })
    if (!split.ok) throw new Error(split.key)
    expect(split.values.get('01')).toBe(500)
    expect(split.unknown).toEqual(['04'])
  })
  it('tells the differences, the largest first', () => {
    const values = new Map([
      ['01', 10],
      ['02', 300],
      ['04', 400],
    ])
    expect(listDifferences(view, readShares(view), values).map((one) => one.code)).toEqual(['04', '03', '01'])
    expect(sumShares(view, readShares(view))).toBe(500)
  })
})
