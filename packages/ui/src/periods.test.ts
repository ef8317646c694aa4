import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDate, formatDateTime } from './dates.ts'
import { messages as en } from './messages/en/index.ts'
import { registerMessages } from './messages/index.ts'
import { messages as zh } from './messages/zh-CN/index.ts'
import {
  convertPeriod,
  findPeriodAt,
  formatPeriod,
  listPeriods,
  periodKinds,
  readPeriod,
  shiftPeriod,
  writePeriod,
} from './periods.ts'

registerMessages('zh-CN', zh)
registerMessages('en', en)

describe('formatPeriod', () => {
  it.each([
    ['2026', '2026年', '2026'],
    ['2026-H1', '2026年上半年', 'First half of 2026'],
    ['2026-Q3', '2026年第三季度', 'Q3 2026'],
    ['2026-09', '2026年9月', 'September 2026'],
    ['2026-09-A', '2026年9月上半月', 'First half of September 2026'],
    ['2026-12-B', '2026年12月下半月', 'Second half of December 2026'],
  ])('writes %s', (text, chinese, english) => {
    expect(formatPeriod(text, 'zh-CN')).toBe(chinese)
    expect(formatPeriod(text, 'en')).toBe(english)
  })
})

describe('readPeriod', () => {
  it.each(['', '2026-13', '2026-00', '2026-Q5', '2026-H3', '2026-09-C', '26', '2026-9', '2026-Q1-A', null])(
    'refuses %j',
    (text) => {
      expect(readPeriod(text)).toBeNull()
    },
  )
})

const anyPeriod = fc
  .tuple(fc.constantFrom(...periodKinds), fc.integer({ min: 1990, max: 2099 }))
  .chain(([kind, year]) => fc.constantFrom(...listPeriods(kind, year)))

describe('periods', () => {
  it('come back from their text form', () => {
    fc.assert(
      fc.property(anyPeriod, (parts) => {
        expect(readPeriod(writePeriod(parts))).toEqual(parts)
      }),
    )
  })
  it('shift there and back', () => {
    fc.assert(
      fc.property(anyPeriod, fc.integer({ min: -500, max: 500 }), (parts, steps) => {
        expect(shiftPeriod(shiftPeriod(parts, steps), -steps)).toEqual(parts)
      }),
    )
  })
  it('sort as text within a kind', () => {
    fc.assert(
      fc.property(anyPeriod, fc.integer({ min: 1, max: 100 }), (parts, steps) => {
        expect(writePeriod(shiftPeriod(parts, steps)) > writePeriod(parts)).toBe(true)
      }),
    )
  })
  it('convert by their last day', () => {
    const convert = (text: string, kind: 'month' | 'quarter' | 'half_month' | 'half_year' | 'year') => {
      const parts = readPeriod(text)
      return parts && writePeriod(convertPeriod(parts, kind))
    }
    expect(convert('2026-09', 'quarter')).toBe('2026-Q3')
    expect(convert('2026-Q3', 'month')).toBe('2026-09')
    expect(convert('2026-H1', 'half_month')).toBe('2026-06-B')
    expect(convert('2026-07-A', 'half_year')).toBe('2026-H2')
    expect(convert('2026', 'month')).toBe('2026-12')
  })
  it('follow the calendar of Shanghai', () => {
    expect(writePeriod(findPeriodAt(new Date('2025-12-31T16:30:00Z'), 'month'))).toBe('2026-01')
    expect(writePeriod(findPeriodAt(new Date('2026-09-15T15:59:59Z'), 'half_month'))).toBe('2026-09-A')
    expect(writePeriod(findPeriodAt(new Date('2026-09-15T16:00:00Z'), 'half_month'))).toBe('2026-09-B')
  })
})

describe('dates', () => {
  it('are written year first', () => {
    expect(formatDate('2026-09-05')).toBe('2026-09-05')
    expect(formatDate(new Date('2026-09-04T18:00:00Z'))).toBe('2026-09-05')
    expect(formatDateTime('2026-09-05T06:05:00Z')).toBe('2026-09-05 14:05')
    expect(formatDate('soon')).toBe('—')
  })
})
