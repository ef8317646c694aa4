import { describe, expect, it } from 'vitest'
import { readClipboardCells } from '../clipboard.ts'
import type { EntryItem } from './entry.ts'
import { planPaste } from './pasting.ts'

function anItem(key: string, label: string, editable = true): EntryItem {
  return { key, label, unit: '人', scale: 0, lastPeriod: null, lastYear: null, editable }
}

const items = [
  anItem('a', '职工人数'),
  anItem('b', '会员人数'),
  anItem('c', '入会率', false),
  anItem('d', '其中:女会员人数'),
]

describe('readClipboardCells', () => {
  it('splits rows and cells and drops the last line break', () => {
    expect(readClipboardCells('1\t2\r\n3\t4\r\n')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
  })
  it('keeps empty cells', () => expect(readClipboardCells('1\t\t3\n\n')).toEqual([['1', '', '3'], ['']]))
  it('reads quoted cells with line breaks, tabs and quotes', () => {
    expect(readClipboardCells('"a\nb"\t"say ""hi"""\n1')).toEqual([['a\nb', 'say "hi"'], ['1']])
  })
  it('leaves quotes that are part of a name', () =>
    expect(readClipboardCells('"双亮"覆盖率\t5')).toEqual([['"双亮"覆盖率', '5']]))
})

describe('planPaste', () => {
  it('goes down and right from the active cell', () => {
    expect(planPaste(items, { key: 'a', column: 'declared' }, [['1', 'x'], ['2']])).toEqual({
      changes: [
        { key: 'a', column: 'declared', text: '1' },
        { key: 'a', column: 'note', text: 'x' },
        { key: 'b', column: 'declared', text: '2' },
      ],
      skipped: 0,
    })
  })
  it('steps over computed items and counts what does not fit', () => {
    const plan = planPaste(items, { key: 'b', column: 'declared' }, [['1'], ['2'], ['3'], ['4']])
    expect(plan.changes.map(({ key }) => key)).toEqual(['b', 'd'])
    expect(plan.skipped).toBe(2)
  })
  it('goes by name when the first column names items, in whatever order', () => {
    const plan = planPaste(items, { key: 'a', column: 'declared' }, [
      ['女会员人数', '40'],
      ['职工 人数', '100'],
    ])
    expect(plan.changes).toEqual([
      { key: 'd', column: 'declared', text: '40' },
      { key: 'a', column: 'declared', text: '100' },
    ])
  })
  it('fills notes from a note', () => {
    expect(planPaste(items, { key: 'c', column: 'note' }, [['why']]).changes).toEqual([
      { key: 'c', column: 'note', text: 'why' },
    ])
  })
})
