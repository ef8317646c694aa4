import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marks } from './marks.ts'
import { largestFigure, parseFigure, writeScaled, writeTyped } from './numerals.ts'

const persons = { unit: '人', scale: 0 }
const money = { unit: '元', scale: 2 }
const percent = { unit: '%', scale: 2 }

describe('parseFigure', () => {
  it.each([
    ['60521', persons, 60_521, marks.exact],
    ['60,521', persons, 60_521, marks.exact],
    ['６０，５２１', persons, 60_521, marks.exact],
    [' 12 345 ', persons, 12_345, marks.exact],
    ['\u200f1234\u200e', persons, 1234, marks.exact],
    ['0', persons, 0, marks.exact],
    ['-0', persons, 0, marks.exact],
    ['+5', persons, 5, marks.exact],
    ['007', persons, 7, marks.exact],
    ['12.0', persons, 12, marks.exact],
    ['38000多人', persons, 38_000, marks.over],
    ['360余人', persons, 360, marks.over],
    ['3万余人', persons, 30_000, marks.over],
    ['3余万人', persons, 30_000, marks.over],
    ['近3万名', persons, 30_000, marks.about],
    ['约 100', persons, 100, marks.about],
    ['100左右', persons, 100, marks.about],
    ['50人以上', persons, 50, marks.atLeast],
    ['50以上', persons, 50, marks.atLeast],
    ['≥50', persons, 50, marks.atLeast],
    ['不足20', persons, 20, marks.under],
    ['<20', persons, 20, marks.under],
    ['不超过20人', persons, 20, marks.atMost],
    ['20以内', persons, 20, marks.atMost],
    ['超过5000万元', money, 5_000_000_000, marks.over],
    ['15.9万', persons, 159_000, marks.exact],
    ['14.8万人', persons, 148_000, marks.exact],
    ['2.30万', persons, 23_000, marks.exact],
    ['182万元', money, 182_000_000, marks.exact],
    ['10.8万余元', money, 10_800_000, marks.over],
    ['1,234.50', money, 123_450, marks.exact],
    ['.5', money, 50, marks.exact],
    ['0.01元', money, 1, marks.exact],
    ['84.94%', percent, 8494, marks.exact],
    ['85％以上', percent, 8500, marks.atLeast],
    ['99.87', percent, 9987, marks.exact],
    ['1000亿元', money, largestFigure, marks.exact],
    ['2个/县', { unit: '个/县', scale: 0 }, 2, marks.exact],
    ['17人次', { unit: '人次', scale: 0 }, 17, marks.exact],
    ['0.5年', { unit: '年', scale: 1 }, 5, marks.exact],
  ])('%s', (text, target, value, mark) => {
    expect(parseFigure(text, target)).toEqual({ ok: true, value, mark, upper: null })
  })

  it.each([
    ['', marks.exact],
    ['   ', marks.exact],
    ['—', marks.exact],
    ['-', marks.exact],
    ['未统计', marks.notCollected],
    ['不适用', marks.notApplicable],
    ['/', marks.notApplicable],
    ['n/a', marks.notApplicable],
    ['不公开', marks.withheld],
    ['XX', marks.redacted],
    ['××', marks.redacted],
  ])('%j is missing, not 0', (text, mark) => {
    expect(parseFigure(text, persons)).toEqual({ ok: true, value: null, mark, upper: null })
  })

  it.each([
    ['3-5亿元', money, 30_000_000_000, 50_000_000_000],
    ['3—5', persons, 3, 5],
    ['9%~15%', percent, 900, 1500],
    ['10%—20', percent, 1000, 2000],
    ['1至2个', { unit: '个', scale: 0 }, 1, 2],
    ['3 ～ 5', persons, 3, 5],
    ['9000-1万', persons, 90_000_000, 10_000],
  ])('%s is a range', (text, target, value, upper) => {
    const parsed = parseFigure(text, target)
    if (value > upper) expect(parsed).toMatchObject({ ok: false, key: 'checks.rangeOrder' })
    else expect(parsed).toEqual({ ok: true, value, mark: marks.range, upper })
  })

  it.each([
    ['-5', persons, 'checks.negative'],
    ['－５', persons, 'checks.negative'],
    ['−5', persons, 'checks.negative'],
    ['(5)', money, 'checks.negative'],
    ['3.5', persons, 'checks.fraction'],
    ['1.23456万', persons, 'checks.fraction'],
    ['0.001', money, 'checks.tooPrecise'],
    ['84.945%', percent, 'checks.tooPrecise'],
    ['10000000000001', persons, 'checks.tooLarge'],
    ['1001亿元', money, 'checks.tooLarge'],
    ['9'.repeat(150), persons, 'checks.tooLarge'],
    ['9'.repeat(201), persons, 'checks.notNumber'],
    ['5人次', persons, 'checks.otherUnit'],
    ['5人', { unit: '人次', scale: 0 }, 'checks.otherUnit'],
    ['5户次', { unit: '户', scale: 0 }, 'checks.otherUnit'],
    ['85%', persons, 'checks.otherUnit'],
    ['10百分点', percent, 'checks.otherUnit'],
    ['12abc', persons, 'checks.notNumber'],
    ['1e5', persons, 'checks.notNumber'],
    ['1,23', persons, 'checks.notNumber'],
    ['12,3456', persons, 'checks.notNumber'],
    ['1.2.3', money, 'checks.notNumber'],
    ['一百', persons, 'checks.notNumber'],
    ['2026-09-05', persons, 'checks.notNumber'],
    ['5-3', persons, 'checks.rangeOrder'],
    ['约3-5', persons, 'checks.notNumber'],
    ['余', persons, 'checks.notNumber'],
    ['😀', persons, 'checks.notNumber'],
    ['=1+1', persons, 'checks.notNumber'],
    ['Infinity', persons, 'checks.notNumber'],
    ['1-', persons, 'checks.notNumber'],
  ])('refuses %s', (text, target, key) => {
    expect(parseFigure(text, target)).toMatchObject({ ok: false, key })
  })

  it('says which unit was typed', () => {
    expect(parseFigure('5人次', persons)).toEqual({
      ok: false,
      key: 'checks.otherUnit',
      params: { typed: '人次', unit: '人' },
    })
    expect(parseFigure('1001亿', money)).toEqual({
      ok: false,
      key: 'checks.tooLarge',
      params: { limit: '100000000000' },
    })
  })

  const value = fc.integer({ min: 0, max: largestFigure })
  const scale = fc.constantFrom(0, 1, 2, 4)

  it('reads back what was written, with its mark', () => {
    const mark = fc.constantFrom(marks.exact, marks.about, marks.over, marks.atLeast, marks.under, marks.atMost)
    fc.assert(
      fc.property(value, scale, mark, (stored, digits, kind) => {
        const text = writeTyped({ value: stored, mark: kind }, digits)
        expect(parseFigure(text, { unit: '人', scale: digits })).toEqual({
          ok: true,
          value: stored,
          mark: kind,
          upper: null,
        })
      }),
    )
  })

  it('reads back ranges and reasons', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), scale, (low, more, digits) => {
        const text = writeTyped({ value: low, mark: marks.range, upper: low + more }, digits)
        expect(parseFigure(text, { unit: '人', scale: digits })).toEqual({
          ok: true,
          value: low,
          mark: marks.range,
          upper: low + more,
        })
      }),
    )
    for (const reason of [marks.notCollected, marks.notApplicable, marks.withheld, marks.redacted]) {
      expect(parseFigure(writeTyped({ value: null, mark: reason }, 0), persons)).toEqual({
        ok: true,
        value: null,
        mark: reason,
        upper: null,
      })
    }
  })

  it('full width, separators and spaces change nothing', () => {
    fc.assert(
      fc.property(value, (stored) => {
        const plain = writeScaled(stored, 2)
        const [whole = '', fraction] = plain.split('.')
        const grouped = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`
        const wide = grouped.replace(/[0-9,.]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
        for (const text of [grouped, wide, ` ${grouped}\t`, `${wide}元`])
          expect(parseFigure(text, money)).toMatchObject({ ok: true, value: stored })
      }),
    )
  })

  it('万 is ten thousand of the same, exactly', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(9999), (whole, part) => {
        const text = `${whole}.${String(part).padStart(4, '0')}万`
        expect(parseFigure(text, persons)).toMatchObject({ ok: true, value: whole * 10_000 + part })
      }),
    )
  })

  it('answers every text with a figure or with one of its keys', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'0123456789.,-约余万亿%人次至—/X（）') }),
    )
    fc.assert(
      fc.property(text, scale, (typed, digits) => {
        const parsed = parseFigure(typed, { unit: '人', scale: digits })
        if (!parsed.ok)
          expect(parsed.key).toMatch(/^checks\.(notNumber|negative|fraction|tooPrecise|tooLarge|otherUnit|rangeOrder)$/)
        else if (parsed.value !== null) {
          expect(Number.isSafeInteger(parsed.value) && parsed.value >= 0 && parsed.value <= largestFigure).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
