import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ageOn,
  checkCreditCode,
  checkIdNumber,
  checkPhone,
  findCreditCheck,
  findIdCheckDigit,
  findOrganisationCheck,
} from './numbers.ts'
import { parseListRow } from '../census/list-rows.ts'
import { foldName, normalizeName } from './names.ts'

const today = '2026-11-21'
const ofMembers = { today, minimumAge: 16 }
const rulesOf = (verdict: ReturnType<typeof checkIdNumber> | ReturnType<typeof checkCreditCode>) =>
  (verdict.ok ? verdict.warnings : verdict.errors).map((finding) => finding.rule)

describe('handbook 13, citizen id number', () => {
  test.each([
    ['11010519491231002X', true, []],
    ['440524188001010014', false, ['idNumber.tooOld']],
    ['32092419800615001X', true, []],
    ['420281197502281236', true, []],
    ['110000190001010004', true, ['idNumber.general']],
    ['320924202502290010', false, ['idNumber.day']],
  ])('%s', (text, ok, rules) => {
    const verdict = checkIdNumber(text, ofMembers)
    expect([verdict.ok, rulesOf(verdict)]).toEqual([ok, rules])
  })

  test('birth and sex come from the number', () => {
    expect(checkIdNumber('32092419800615001X', ofMembers)).toMatchObject({
      id: { birth: '1980-06-15', sex: 'male', area: '320924' },
    })
    expect(checkIdNumber('420281197502281236', ofMembers)).toMatchObject({ id: { birth: '1975-02-28', sex: 'male' } })
  })

  test('full-width digits, spaces and a small x are folded', () => {
    expect(checkIdNumber(' 110105 １９４９1231 002x ', ofMembers)).toMatchObject({
      ok: true,
      id: { value: '11010519491231002X' },
    })
  })

  test('a place that is no more is warned about, a resident of Hong Kong is not', () => {
    expect(rulesOf(checkIdNumber('32092419800615001X', { today, areas: new Set(['320925']) }))).toEqual([
      'idNumber.retired',
    ])
    const digits = '81000019900101001'
    expect(checkIdNumber(digits + findIdCheckDigit(digits), ofMembers)).toMatchObject({ ok: true, warnings: [] })
  })

  test('a member is sixteen, to the day', () => {
    const of = (birth: string) => `513221${birth}001`
    const on = (birth: string) => checkIdNumber(of(birth) + findIdCheckDigit(of(birth)), ofMembers)
    expect(on('20101121').ok).toBe(true)
    expect(rulesOf(on('20101122'))).toEqual(['idNumber.tooYoung'])
    expect(rulesOf(on('20270101'))).toEqual(['idNumber.future'])
    expect(ageOn('2004-02-29', '2005-02-28')).toBe(0)
    expect(ageOn('2004-02-29', '2005-03-01')).toBe(1)
  })

  test('one digit mistyped, or two neighbours swapped, is always found', () => {
    const digits = fc.stringMatching(/^(11|32|51)\d{4}19[4-9]\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}$/)
    fc.assert(
      fc.property(digits, fc.nat({ max: 16 }), fc.integer({ min: 1, max: 9 }), (seventeen, at, shift) => {
        const right = seventeen + findIdCheckDigit(seventeen)
        expect(checkIdNumber(right, ofMembers).ok).toBe(true)
        const typed = (Number(right[at]) + shift) % 10
        expect(checkIdNumber(`${right.slice(0, at)}${typed}${right.slice(at + 1)}`, ofMembers).ok).toBe(false)
        const [left = '', next = ''] = right.slice(at, at + 2)
        if (left !== next)
          expect(checkIdNumber(right.slice(0, at) + next + left + right.slice(at + 2), ofMembers).ok).toBe(false)
      }),
    )
  })
})

describe('other kinds of identity numbers', () => {
  const whole = (digits: string) => digits + findIdCheckDigit(digits)

  test('a permanent resident (GA 2102): 9, province, nationality, birth, order, check digit', () => {
    expect(checkIdNumber('911124198108030024', ofMembers)).toMatchObject({
      ok: true,
      id: { kind: 'permanent', birth: '1981-08-03', sex: 'female', area: '11' },
      warnings: [],
    })
    expect(rulesOf(checkIdNumber(whole('90112419810803002'), ofMembers))).toEqual(['idNumber.province'])
    expect(rulesOf(checkIdNumber('911124198108030025', ofMembers))).toEqual(['idNumber.check'])
    expect(rulesOf(checkIdNumber(whole('91112419810230002'), ofMembers))).toEqual(['idNumber.day'])
  })

  test('residence permits of Hong Kong, Macao and Taiwan have one area each and are never retired', () => {
    for (const area of ['810000', '820000', '830000'])
      expect(checkIdNumber(whole(`${area}19900101001`), { today, areas: new Set() })).toMatchObject({
        ok: true,
        id: { kind: 'residence', area },
        warnings: [],
      })
    expect(rulesOf(checkIdNumber(whole('81010119900101001'), ofMembers))).toEqual(['idNumber.province'])
  })
})

test('signs that nobody sees, full width and hyphens of all kinds are no part of a number', () => {
  expect(checkPhone('\u202d138\u200b0013\u20118000\u202c')).toBe('13800138000')
  expect(checkPhone('１３８００１３８０００')).toBe('13800138000')
  expect(checkIdNumber('\u202d110105\u200b1949\u20101231\u3000002x\u202c', ofMembers)).toMatchObject({
    id: { kind: 'citizen', value: '11010519491231002X' },
  })
  expect(checkCreditCode('\ufeff91350100–M000100Y43\u200b')).toMatchObject({ value: '91350100M000100Y43' })
})

test('names with other dots, hidden signs and full width are one name', () => {
  for (const name of ['古丽•测试', '古丽‧测试', '古丽・测试', '古丽·测试', '古丽･测试', ' 古丽 · 测试\u200b']) {
    expect(normalizeName(name)).toBe('古丽·测试')
    expect(foldName(name)).toBe(foldName('古丽·测试'))
  }
  expect(normalizeName('Ａnna\u3000 Ｌi')).toBe('Anna Li')
})

describe('handbook 13, unified social credit code', () => {
  test.each([
    ['91350100M000100Y43', true, []],
    ['91350100M000100Y44', false, ['creditCode.check']],
    ['91350100I000100Y43', false, ['creditCode.signs']],
    ['9135', false, ['creditCode.length']],
  ])('%s', (text, ok, rules) => {
    const verdict = checkCreditCode(text)
    expect([verdict.ok, rulesOf(verdict)]).toEqual([ok, rules])
  })

  test('the organisation code of the sample has the check digit 4', () => {
    expect(findOrganisationCheck('M000100Y')).toBe('4')
  })

  test('a wrong check inside is a warning when the whole is right', () => {
    const inner = '91350100M000100Y5'
    expect(rulesOf(checkCreditCode(inner + findCreditCheck(inner)))).toEqual(['creditCode.organisation'])
  })

  test('a code from a registry whose whole check sign is wrong is kept with a mark when the one inside is right', () => {
    const early = { acceptsEarly: true }
    expect(rulesOf(checkCreditCode('91350100M000100Y44', early))).toEqual(['creditCode.early'])
    expect(checkCreditCode('91350100M000100Y44', early).ok).toBe(true)
    expect(checkCreditCode('91350100M000100Y54', early).ok).toBe(false)
    expect(parseListRow({ creditCode: '91350100M000100Y44', name: '测试厂' })).toMatchObject({
      creditCode: '91350100M000100Y44',
      faults: ['creditCodeEarly'],
    })
  })

  test('full width, small letters and hyphens are folded', () => {
    expect(checkCreditCode('９１350100-m000100y4-3')).toMatchObject({ ok: true, value: '91350100M000100Y43' })
  })

  test('one sign mistyped is always found', () => {
    const sign = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY')
    const code = fc.tuple(sign, sign, fc.stringMatching(/^\d{6}$/), fc.array(sign, { minLength: 9, maxLength: 9 }))
    fc.assert(
      fc.property(code, fc.nat({ max: 16 }), sign, ([a, b, area, rest], at, typed) => {
        const body = a + b + area + rest.join('')
        const right = body + findCreditCheck(body)
        expect(checkCreditCode(right).ok).toBe(true)
        if (typed !== right[at])
          expect(checkCreditCode(right.slice(0, at) + typed + right.slice(at + 1)).ok).toBe(false)
      }),
    )
  })
})

test('phones: mobiles, landlines with their area code, nothing else', () => {
  expect(checkPhone('138 0013 8000')).toBe('13800138000')
  expect(checkPhone('+8613800138000')).toBe('13800138000')
  expect(checkPhone('（0837）6222222')).toBe('08376222222')
  expect(checkPhone('12345678901')).toBeNull()
  expect(checkPhone('6222222')).toBeNull()
})
