import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckedItem } from './items.ts'
import { marks } from './marks.ts'
import { checkFigures, findProblems } from './problems.ts'
import type { Rule } from './rules.ts'
import type { CheckInput } from './sheets.ts'

const item = (position: number, code: string, more: Partial<CheckedItem> = {}): CheckedItem => ({
  position,
  code,
  nameZh: `${code}数`,
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
const items = [
  item(1, 'employees'),
  item(2, 'members'),
  item(3, 'rate', {
    unit: '%',
    scale: 2,
    nature: 'ratio',
    additivity: 'ratio',
    formula: { op: '/', left: 'members', right: 'employees' },
  }),
  item(4, 'joined', { nature: 'flow' }),
  item(5, 'left', { nature: 'flow' }),
  item(6, 'paid', { unit: '元', scale: 2, nature: 'flow' }),
  item(7, 'members', { breakdownZh: '女性', breakdownEn: 'women' }),
]
const check = (rules: Rule[], figures: (number | null)[], more: Partial<CheckInput> = {}) =>
  checkFigures({ items, rules, figures, ...more })

const within: Rule = { id: 'R1', kind: 'compare', level: 'error', left: 'members', op: '<=', right: 'employees' }
const identity: Rule = {
  id: 'R2',
  kind: 'compare',
  level: 'warning',
  left: 'members',
  op: '=',
  right: { op: '-', left: { op: '+', left: 'previous:members', right: 'joined' }, right: 'left' },
  textZh: '期末等于上期加新增减减少',
  textEn: 'closing is opening plus joined less left',
}

describe('compare (12.2 rule 1)', () => {
  it('names both sides, in the language asked for', () => {
    expect(check([within], [100, 101])).toEqual([
      {
        ruleId: 'R1',
        level: 'error',
        position: 2,
        related: [1],
        key: 'checks.atMost',
        params: { left: 'members数', leftValue: '101', right: 'employees数', rightValue: '100' },
      },
    ])
    expect(check([within], [100, 101], { locale: 'en' })[0]?.params).toMatchObject({ left: 'members' })
  })

  it('holds exactly when the arithmetic holds, at any size', () => {
    const figure = fc.integer({ min: 0, max: 1_000_000_000_000 })
    const pick = fc.oneof(figure, fc.constant(5))
    const kinds = fc.constantFrom<['<' | '<=' | '=' | '>=' | '>', (a: number, b: number) => boolean]>(
      ['<', (a, b) => a < b],
      ['<=', (a, b) => a <= b],
      ['=', (a, b) => a === b],
      ['>=', (a, b) => a >= b],
      ['>', (a, b) => a > b],
    )
    fc.assert(
      fc.property(pick, pick, kinds, (a, b, [op, truth]) => {
        const rule: Rule = { id: 'R', kind: 'compare', level: 'error', left: 'employees', op, right: 'members' }
        expect(check([rule], [a, b])).toHaveLength(truth(a, b) ? 0 : 1)
      }),
    )
  })

  it('is not judged while a part is missing', () => {
    expect(check([within], [null, 101])).toEqual([])
    expect(check([within], [])).toEqual([])
    expect(check([identity], [100, 101, null, 1, 0])).toEqual([])
  })

  it('an error about an inexact figure is only a question', () => {
    expect(check([within], [100, 101], { marks: [marks.about] })[0]?.level).toBe('warning')
    expect(check([within], [100, 101], { marks: [0, marks.exact] })[0]?.level).toBe('error')
  })

  it('reaches the previous period (12.2 rule 2)', () => {
    expect(check([identity], [null, 105, null, 10, 5], { previous: [null, 100] })).toEqual([])
    expect(check([identity], [null, 106, null, 10, 5], { previous: [null, 100] })).toEqual([
      {
        ruleId: 'R2',
        level: 'warning',
        position: 2,
        related: [4, 5],
        key: 'checks.stated',
        params: { text: '期末等于上期加新增减减少', leftValue: '106', rightValue: '105' },
      },
    ])
  })

  it('compares money in its natural unit', () => {
    const rule: Rule = { id: 'R', kind: 'compare', level: 'error', left: 'paid', op: '<=', right: 1000 }
    expect(check([rule], [null, null, null, null, null, 100_000])).toEqual([])
    expect(check([rule], [null, null, null, null, null, 100_001])[0]?.params).toMatchObject({ leftValue: '1,000.01' })
  })
})

describe('notes', () => {
  it('settle a warning, never an error', () => {
    const previous = [null, 100]
    const figures = [100, 106, null, 10, 5]
    expect(
      check([within, identity], figures, { previous, notes: { 2: '转入一人' } }).map((problem) => problem.ruleId),
    ).toEqual(['R1'])
    expect(
      findProblems({ items, rules: [within, identity], figures, previous, notes: { 2: '转入一人' } }),
    ).toMatchObject([
      { ruleId: 'R1', settled: false },
      { ruleId: 'R2', settled: true },
    ])
    expect(check([identity], figures, { previous, notes: { 2: '   ', 1: '别处' } })).toHaveLength(1)
  })

  it('can be asked for', () => {
    const rule: Rule = { id: 'R', kind: 'note', level: 'warning', item: 'left', left: 'left', op: '>', right: 0 }
    expect(check([rule], [null, null, null, null, 1])).toMatchObject([{ position: 5, key: 'checks.note' }])
    expect(check([rule], [null, null, null, null, 0])).toEqual([])
    expect(check([{ ...rule, level: 'error' }], [null, null, null, null, 1], { notes: { 5: '两家企业破产' } })).toEqual(
      [],
    )
  })
})

describe('range', () => {
  const rule: Rule = { id: 'R', kind: 'range', level: 'error', items: ['rate', 'members#女性'], min: 1, max: 100 }
  it('includes its bounds', () => {
    expect(check([rule], [null, null, 10_000, null, null, null, 1])).toEqual([])
    expect(check([rule], [null, null, 10_001, null, null, null, 0])).toMatchObject([
      { position: 3, key: 'checks.aboveMax', params: { value: '100.01', limit: 100 } },
      { position: 7, key: 'checks.belowMin', params: { value: '0', limit: 1 } },
    ])
  })
})

describe('jump (GOV-06)', () => {
  const rule: Rule = { id: 'R', kind: 'jump', level: 'warning', percent: 50, least: 20 }
  it.each([
    [150, 100, 0],
    [151, 100, 1],
    [50, 100, 0],
    [49, 100, 1],
    [19, 2, 0],
    [20, 2, 1],
    [0, 100, 1],
    [100, 0, 1],
    [0, 0, 0],
  ])('%s after %s: %s problem', (now, before, count) => {
    expect(check([rule], [null, now], { previous: [null, before] })).toHaveLength(count)
  })

  it('asks nothing of ratios, of a first report, or of an unlisted item', () => {
    expect(check([rule], [null, 500, 9000], { previous: [null, null, 100] })).toEqual([])
    expect(check([rule], [null, 500])).toEqual([])
    expect(check([{ ...rule, items: ['employees'] }], [null, 500], { previous: [null, 100] })).toEqual([])
  })
})

describe('magnitude (12.2 rule 11)', () => {
  const rule: Rule = { id: 'R', kind: 'magnitude', level: 'warning' }
  it.each([
    [1_500_000, 150, 1],
    [600_000, 60, 1],
    [150, 1_500_000, 1],
    [150_000, 150, 0],
    [150, 150, 0],
    [150, 0, 0],
  ])('%s after %s: %s problem', (now, before, count) => {
    expect(check([rule], [now], { previous: [before] })).toHaveLength(count)
  })

  it('looks further back when the previous period is missing', () => {
    expect(check([rule], [1_500_000], { previous: [null], history: [[null], [150], [1_500_000]] })).toMatchObject([
      { params: { previous: '150' } },
    ])
  })

  it('is one question, not two with the jump', () => {
    const jump: Rule = { id: 'J', kind: 'jump', level: 'warning', percent: 50, least: 20 }
    expect(check([jump, rule], [1_500_000], { previous: [150] }).map((problem) => problem.ruleId)).toEqual(['R'])
  })
})

describe('same (156/156, GOV-06)', () => {
  const rule: Rule = { id: 'R', kind: 'same', level: 'warning', items: ['employees', 'members', 'joined'], least: 100 }
  it('finds the twin, small figures coincide', () => {
    expect(check([rule], [156, 300, null, 156])).toMatchObject([
      { position: 4, related: [1], params: { value: '156' } },
    ])
    expect(check([rule], [99, 99, null, 5])).toEqual([])
  })
})

describe('rate (12.2 rule 10)', () => {
  const rule: Rule = { id: 'R', kind: 'rate', warningAbove: 0.05, errorAbove: 1 }
  it.each([
    [385, 327, 8494, marks.exact, null],
    [385, 327, 8498, marks.exact, null],
    [385, 327, 8499, marks.exact, 'warning'],
    [385, 327, 8500, marks.exact, 'warning'],
    [385, 327, 8500, marks.atLeast, 'warning'],
    [385, 327, 8400, marks.atLeast, null],
    [385, 327, 8000, marks.over, null],
    [385, 327, 9000, marks.under, null],
    [385, 327, 8600, marks.exact, 'error'],
    [208, 204, 9800, marks.exact, 'warning'],
    [208, 204, 9808, marks.exact, null],
    [0, 0, 9808, marks.exact, null],
  ])('%s, %s, stated %s (mark %s): %s', (employees, members, stated, mark, level) => {
    const problems = check([rule], [employees, members, stated], { marks: [0, 0, mark] })
    expect(problems.map((problem) => problem.level)).toEqual(level === null ? [] : [level])
    if (level !== null) expect(problems[0]).toMatchObject({ position: 3, related: [2, 1], key: 'checks.rate' })
  })

  it('never flags a rate typed as it is computed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.nat(10_000_000), (employees, members) => {
        const typed = Number((BigInt(members) * 20_000n + BigInt(employees)) / (2n * BigInt(employees)))
        expect(check([rule], [employees, members, typed])).toEqual([])
      }),
    )
  })
})

describe('present (UNI-05)', () => {
  const rule: Rule = { id: 'R', kind: 'present', level: 'error', items: ['employees', 'members'] }
  it('wants a figure or a reason; 0 is a figure', () => {
    expect(check([rule], [0, null])).toMatchObject([{ position: 2, key: 'checks.present' }])
    expect(check([rule], [0, null], { marks: [0, marks.notCollected] })).toEqual([])
    expect(check([rule], [])).toHaveLength(2)
  })
})

describe('findProblems', () => {
  it('orders by place, errors first, and survives rules about items that are not there', () => {
    const rules: Rule[] = [
      identity,
      within,
      { id: 'X', kind: 'compare', level: 'error', left: 'nothing', op: '<', right: 'members' },
      { id: 'Y', kind: 'range', level: 'error', items: ['nothing'], min: 5 },
    ]
    const found = findProblems({ items, rules, figures: [100, 106, null, 10, 5], previous: [null, 100] })
    expect(found.map((problem) => [problem.position, problem.level])).toEqual([
      [2, 'error'],
      [2, 'warning'],
    ])
  })
})
