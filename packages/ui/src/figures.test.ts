import { describe, expect, it } from 'vitest'
import { formatFigure, formatMoney, formatPercent, formatUnit } from './figures.ts'
import { messages as en } from './messages/en/index.ts'
import { registerMessages } from './messages/index.ts'
import { messages as zh } from './messages/zh-CN/index.ts'

registerMessages('zh-CN', zh)
registerMessages('en', en)

const locale = 'zh-CN'

describe('formatFigure', () => {
  it('separates thousands', () => expect(formatFigure(1234567n, { locale })).toBe('1,234,567'))
  it('writes a dash for missing and 0 for zero', () => {
    expect(formatFigure(null, { locale, unit: '人' })).toBe('—')
    expect(formatFigure(undefined, { locale })).toBe('—')
    expect(formatFigure(0, { locale })).toBe('0')
  })
  it('keeps the mark of the source', () => {
    expect(formatFigure(3000, { locale, mark: 2, unit: '人' })).toBe('3,000余人')
    expect(formatFigure(3000, { locale, mark: 1 })).toBe('约3,000')
    expect(formatFigure(3000, { locale, mark: 3 })).toBe('3,000以上')
    expect(formatFigure(3000, { locale, mark: 4 })).toBe('不足3,000')
    expect(formatFigure(3000, { locale, mark: 6, upper: 5000 })).toBe('3,000–5,000')
    expect(formatFigure(3000, { locale: 'en', mark: 2, unit: '人' })).toBe('over 3,000 persons')
  })
  it('writes percent from hundredths', () => {
    expect(formatPercent(8494, locale)).toBe('84.94%')
    expect(formatPercent(10000, 'en')).toBe('100.00%')
    expect(formatPercent(-5, locale)).toBe('-0.05%')
  })
  it('writes money from fen, in 元, 万元 and 亿元', () => {
    expect(formatMoney(123456789n, locale)).toBe('1,234,567.89元')
    expect(formatMoney(123456789n, locale, 'wan')).toBe('123.46万元')
    expect(formatMoney(12345678900n, locale, 'yi')).toBe('1.23亿元')
    expect(formatMoney(123456789n, 'en', 'wan')).toBe('1,234.57 k yuan')
  })
  it('rounds half away from zero and never writes minus zero', () => {
    expect(formatFigure(50n, { locale, large: 'wan' })).toBe('0.01')
    expect(formatFigure(-50n, { locale, large: 'wan' })).toBe('-0.01')
    expect(formatFigure(-49n, { locale, large: 'wan' })).toBe('0.00')
  })
  it('refuses a figure that lost its exactness on the way', () => expect(formatFigure(2 ** 60, { locale })).toBe('—'))
  it('names units of its own as they are', () => {
    expect(formatUnit('台', locale, 'wan')).toBe('万台')
    expect(formatUnit('%', locale, 'wan')).toBe('%')
  })
})
