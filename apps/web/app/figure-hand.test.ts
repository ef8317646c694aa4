import { expect, it } from 'vitest'
import { findFigureHand } from './figure-hand.ts'

const target = { unit: '人', scale: 0 }

it.each(['zh-CN', 'en'] as const)('reads back in %s what it writes', (locale) => {
  const hand = findFigureHand(locale)
  for (const mark of [0, 1, 2, 3, 4, 5]) {
    expect(hand.read(hand.write({ value: 3000, mark }, target), target)).toEqual({
      ok: true,
      value: 3000,
      mark,
      upper: null,
    })
  }
  expect(hand.read(hand.write({ value: 3, mark: 6, upper: 5 }, target), target)).toEqual({
    ok: true,
    value: 3,
    mark: 6,
    upper: 5,
  })
})

it('writes no Chinese for readers of English', () => {
  const hand = findFigureHand('en')
  const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((mark) => [
    hand.write({ value: 3000, mark, upper: 4000 }, target),
    hand.write({ value: null, mark }, target),
  ])
  expect(all.join('')).not.toMatch(/\p{Script=Han}/u)
})
