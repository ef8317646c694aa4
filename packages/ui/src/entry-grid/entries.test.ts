import { describe, expect, it } from 'vitest'
import type { FigureHand } from '../figure-hand.tsx'
import { applyChanges } from './entries.ts'
import type { EntryItem } from './entry.ts'

/** Digits alone: what is tested here is what becomes of a typed text, not how it is read. */
const hand: FigureHand = {
  read: (text) =>
    /^\d*$/.test(text)
      ? { ok: true, value: text === '' ? null : Number(text), mark: 0, upper: null }
      : { ok: false, key: 'none', params: {} },
  write: ({ value }) => String(value ?? ''),
}

const items: EntryItem[] = ['a', 'b'].map((key) => ({
  key,
  label: key,
  unit: '人',
  scale: 0,
  lastPeriod: null,
  lastYear: null,
  editable: true,
}))
const values = { a: { value: 5, mark: 0, note: 'why' } }
const type = (key: string, text: string) => ({ key, column: 'declared' as const, text })

describe('applyChanges', () => {
  it('takes a figure and keeps the note', () => {
    expect(applyChanges(hand, items, values, {}, [type('a', '7')]).values).toEqual({
      a: { value: 7, mark: 0, upper: null, note: 'why' },
    })
  })
  it('empties a cell to missing, not to 0', () => {
    expect(applyChanges(hand, items, values, {}, [type('a', '')]).values['a']?.value).toBeNull()
  })
  it('keeps unreadable text as typed and the figure as it was', () => {
    const first = applyChanges(hand, items, values, {}, [type('a', '7x'), type('b', '1')])
    expect(Object.keys(first.values)).toEqual(['b'])
    expect(first.drafts['a']?.text).toBe('7x')
    expect(applyChanges(hand, items, values, first.drafts, [type('a', '7')]).drafts).toEqual({})
  })
  it('writes figure and note of one row in one go', () => {
    const changes = [type('b', '3'), { key: 'b', column: 'note' as const, text: 'n' }]
    expect(applyChanges(hand, items, values, {}, changes).values).toEqual({
      b: { value: 3, mark: 0, upper: null, note: 'n' },
    })
  })
  it('ignores items the form does not have', () => {
    expect(applyChanges(hand, items, values, {}, [type('z', '3')])).toEqual({ values: {}, drafts: {} })
  })
})
