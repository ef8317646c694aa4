import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFigure, formatMoney, formatPercent, formatUnit } from './figures.ts'
import { messages as en } from './messages/en/index.ts'
import { registerMessages } from './messages/index.ts'
import { messages as zh } from './messages/zh-CN/index.ts'
import { readFigure, writeFigure } from './typed-figures.ts'

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
    expect(formatFigure(3000, { locale, mark: 'over', unit: '人' })).toBe('3,000余人')
    expect(formatFigure(3000, { locale, mark: 'about' })).toBe('约3,000')
    expect(formatFigure(3000, { locale, mark: 'atLeast' })).toBe('3,000以上')
    expect(formatFigure(3000, { locale, mark: 'under' })).toBe('不足3,000')
    expect(formatFigure(3000, { locale: 'en', mark: 'over', unit: '人' })).toBe('over 3,000 persons')
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

describe('readFigure', () => {
  it.each([
    ['1,234', 0, 1234],
    ['1，234', 0, 1234],
    ['１２３４', 0, 1234],
    [' 12 345 ', 0, 12345],
    ['84.94%', 2, 8494],
    ['84.9', 2, 8490],
    ['1.2万', 0, 12000],
    ['3亿', 0, 300000000],
    ['100.00', 0, 100],
    ['0', 0, 0],
    ['-0', 0, 0],
    ['', 0, null],
    ['—', 0, null],
    ['  ', 2, null],
  ])('reads %j with scale %i', (text, scale, value) => {
    expect(readFigure(text, scale)).toEqual({ ok: true, value, mark: 'exact' })
  })
  it.each([
    ['3000余', 'over', 3000],
    ['3000多', 'over', 3000],
    ['1.2万余', 'over', 12000],
    ['3余万', 'over', 30000],
    ['约500', 'about', 500],
    ['近500', 'about', 500],
    ['500左右', 'about', 500],
    ['500以上', 'atLeast', 500],
    ['不足500', 'under', 500],
    ['500以内', 'atMost', 500],
  ])('reads the mark of %s', (text, mark, value) => {
    expect(readFigure(text, 0)).toEqual({ ok: true, value, mark })
  })
  it.each([
    ['12.5', 0, 'fraction'],
    ['12.345', 2, 'tooManyDigits'],
    ['-3', 0, 'negative'],
    ['－3', 0, 'negative'],
    ['abc', 0, 'notNumber'],
    ['1,23', 0, 'notNumber'],
    ['1e5', 0, 'notNumber'],
    ['1.2.3', 2, 'notNumber'],
    ['九千', 0, 'notNumber'],
    ['99999999999999999999', 0, 'tooLarge'],
  ])('refuses %s', (text, scale, problem) => {
    expect(readFigure(text, scale)).toEqual({ ok: false, problem })
  })
  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.constantFrom(0, 2),
        fc.constantFrom('exact', 'about', 'over', 'atLeast', 'under', 'atMost'),
        (value, scale, mark) => {
          expect(readFigure(writeFigure(value, scale, mark), scale)).toEqual({ ok: true, value, mark })
          expect(readFigure(writeFigure(value, scale, mark, 'en'), scale)).toEqual({ ok: true, value, mark })
          expect(readFigure(formatFigure(value, { locale, scale }), scale)).toEqual({ ok: true, value, mark: 'exact' })
        },
      ),
    )
  })
})
