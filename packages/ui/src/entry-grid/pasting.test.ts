import { describe, expect, it } from 'vitest'
import type { FigureHand } from '../figure-hand.tsx'
import { applyChanges, keepBefore } from './entries.ts'
import { emptyEntry, type EntryItem } from './entry.ts'
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

  const wanted = [
    { key: 'a', column: 'declared', text: '1,200' },
    { key: 'b', column: 'declared', text: '约 900' },
    { key: 'd', column: 'declared', text: '40' },
  ]
  it.each([
    [
      '序号｜指标｜单位｜数值',
      [
        ['序号', '指标', '单位', '数值'],
        ['1', '职工人数', '人', '1,200'],
        ['2', '会员人数', '人', '约 900'],
        ['3', '女会员人数', '人', '40'],
      ],
    ],
    [
      '指标｜单位｜数值',
      [
        ['职工人数', '人', '1,200'],
        ['会员人数', '人', '约 900'],
        ['其中:女会员人数', '人', '40'],
      ],
    ],
    [
      '数值｜序号｜指标',
      [
        ['1,200', '1', '1.职工人数'],
        ['约 900', '2', '2、会员人数'],
        ['40', '3', '（三）女会员人数'],
      ],
    ],
    [
      '指标｜上期｜本期（人）',
      [
        ['指标', '上期', '本期（人）'],
        ['职工人数', '7', '1,200'],
        ['会员人数', '8', '约 900'],
        ['女会员人数', '8', '40'],
      ],
    ],
  ])('finds the names and the figures wherever they stand: %s', (_name, cells) => {
    expect(planPaste(items, { key: 'b', column: 'declared' }, cells)).toEqual({ changes: wanted, skipped: 0 })
  })
  it('takes the notes beside the figures, and what its head calls notes', () => {
    const beside = planPaste(items, { key: 'a', column: 'declared' }, [['职工人数', '人', '5', '核过']])
    expect(beside.changes.at(-1)).toEqual({ key: 'a', column: 'note', text: '核过' })
    const headed = planPaste(items, { key: 'a', column: 'declared' }, [
      ['备注', '指标', '数值'],
      ['核过', '职工人数', '5'],
    ])
    expect(headed.changes.map(({ column, text }) => [column, text])).toEqual([
      ['note', '核过'],
      ['declared', '5'],
    ])
  })
  it('fills in nothing where two columns may be the figures', () => {
    const cells = [
      ['职工人数', '5', '7'],
      ['会员人数', '4', '9'],
    ]
    expect(planPaste(items, { key: 'a', column: 'declared' }, cells)).toEqual({ changes: [], skipped: 2 })
  })

  it('can be undone at once, with what stood there before, drafts too', () => {
    const hand: FigureHand = {
      read: (text) =>
        /^\d+$/.test(text)
          ? { ok: true, value: Number(text), mark: 0, upper: null }
          : { ok: false, key: 'figures.unreadable', params: {} },
      write: ({ value }) => String(value),
    }
    const values = { a: { value: 7, mark: 0, upper: null, note: '旧' } }
    const drafts = { b: { text: '约莫', problem: { ok: false as const, key: 'figures.unreadable', params: {} } } }
    const plan = planPaste(items, { key: 'a', column: 'declared' }, [['1', 'x'], ['2']])
    const kept = keepBefore(values, drafts, plan.changes)
    const pasted = applyChanges(hand, items, values, drafts, plan.changes)
    expect(pasted).toMatchObject({ values: { a: { value: 1, note: 'x' }, b: { value: 2 } }, drafts: {} })
    expect({ ...values, ...pasted.values, ...kept.values }).toEqual({ ...values, b: emptyEntry })
    expect(kept.drafts).toBe(drafts)
  })
})
