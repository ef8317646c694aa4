import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reduceEdits, startEdits, type SplitEdit } from './split-edits.ts'
import type { ReadFigure } from '../figure-hand.tsx'
import { nextOrder, sortRows } from './split-order.ts'
import { readSplitPaste } from './split-pasting.ts'
import { sumSplit } from './split-sum.ts'
import type { Shares, SplitRow } from './split.ts'

/** Digits alone, `~` for about: what is tested here is where figures go, not how they are read. */
function readDigits(text: string): ReadFigure {
  const match = /^(~?)(\d+)$/.exec(text)
  return match
    ? { ok: true, value: Number(match[2]), mark: match[1] === '' ? 0 : 1, upper: null }
    : { ok: false, key: 'none', params: {} }
}

const rows: SplitRow[] = ['5101', '5132', '5133'].map((code) => ({
  code,
  name: `${code}总工会`,
  lastYear: null,
  basis: null,
  state: 'draft',
  editable: code !== '5133',
  counter: null,
}))

const initial: Shares = { '5101': { value: 10, locked: false }, '5132': { value: 20, locked: true } }

const anyEdit: fc.Arbitrary<SplitEdit> = fc.oneof(
  fc.record({ kind: fc.constant('type' as const), code: fc.constantFrom('5101', '5132'), value: fc.option(fc.nat()) }),
  fc.constant({ kind: 'leave' as const }),
  fc.record({ kind: fc.constant('unlock' as const), code: fc.constantFrom('5101', '5132', 'none') }),
  fc.nat().map((value) => ({ kind: 'apply' as const, shares: { '5133': { value, locked: false } } })),
)

describe('edits of a split', () => {
  it('undo to the start and redo to the end, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 30 }), (list) => {
        const end = list.reduce(reduceEdits, startEdits(initial))
        let edits = end
        for (let count = 0; count <= list.length; count += 1) edits = reduceEdits(edits, { kind: 'undo' })
        expect(edits.shares).toEqual(initial)
        for (let count = 0; count <= list.length; count += 1) edits = reduceEdits(edits, { kind: 'redo' })
        expect(edits.shares).toEqual(end.shares)
      }),
    )
  })
  it('count the keystrokes in one cell as one step', () => {
    const typed = [1, 12, 123].reduce(
      (edits, value) => reduceEdits(edits, { kind: 'type', code: '5101', value }),
      startEdits(initial),
    )
    expect(typed.shares['5101']).toEqual({ value: 123, locked: true })
    expect(reduceEdits(typed, { kind: 'undo' }).shares).toEqual(initial)
  })
  it('unlock a cell that is emptied', () => {
    const emptied = reduceEdits(startEdits(initial), { kind: 'type', code: '5132', value: null })
    expect(emptied.shares['5132']).toEqual({ value: null, locked: false })
  })
})

describe('sumSplit', () => {
  it('always says what is left', () => {
    expect(sumSplit(rows, initial, 35)).toEqual({ allocated: 30, left: 5, locked: 1, empty: 1 })
    expect(sumSplit(rows, initial, 25).left).toBe(-5)
  })
})

describe('readSplitPaste', () => {
  it('goes by name or code, in any order', () => {
    expect(
      readSplitPaste(
        rows,
        '5101',
        [
          ['5132', '1200'],
          [' 5101总工会 ', '30'],
        ],
        readDigits,
      ),
    ).toEqual({
      shares: { '5132': { value: 1200, locked: true }, '5101': { value: 30, locked: true } },
      unknown: 0,
    })
  })
  it('goes down from the active row', () => {
    expect(readSplitPaste(rows, '5132', [['7']], readDigits).shares).toEqual({ '5132': { value: 7, locked: true } })
  })
  it('leaves out unknown bodies, signed ones and what is no figure', () => {
    const paste = readSplitPaste(
      rows,
      '5101',
      [
        ['nobody', '1'],
        ['5133', '1'],
        ['5101', 'x'],
        ['5132', '~5'],
      ],
      readDigits,
    )
    expect(paste).toEqual({ shares: {}, unknown: 4 })
  })
})

describe('the order of rows', () => {
  it('goes by a column, with what is missing last either way', () => {
    const codes = (order: 'ascend' | 'descend') =>
      sortRows(rows, { by: 'share', order }, initial).map((row) => row.code)
    expect(codes('ascend')).toEqual(['5101', '5132', '5133'])
    expect(codes('descend')).toEqual(['5132', '5101', '5133'])
  })
  it('turns with each click on a head, and back to the first', () => {
    const up = nextOrder(null, 'share')
    const down = nextOrder(up, 'share')
    expect([up?.order, down?.order, nextOrder(down, 'share')]).toEqual(['ascend', 'descend', null])
    expect(nextOrder(up, 'body')).toEqual({ by: 'body', order: 'ascend' })
  })
})
