import { expect, it } from 'vitest'
import { countDays, readDays, readHolidays, replaceYear, writeHolidays } from './holidays.ts'

const spring = { nameZh: '春节', nameEn: 'Spring Festival', from: '2027-02-05', to: '2027-02-11' }

const calendar = { years: [{ year: 2026, holidays: [spring], workdays: [] }] }

it('reads back what it writes, with the English name that the calendar knows', () => {
  expect(readHolidays(writeHolidays([spring]), calendar)).toEqual({ ok: true, value: [spring] })
  expect(readHolidays(writeHolidays([spring]), null)).toEqual({ ok: true, value: [{ ...spring, nameEn: '春节' }] })
})

it.each(['春节，2027-02-05，2027-02-11', '春节\t2027-02-05\t2027-02-11', '\n 春节 , 2027-02-05 , 2027-02-11 \n\n'])(
  'reads %j',
  (text) => expect(readHolidays(text, calendar)).toEqual({ ok: true, value: [spring] }),
)

it('takes a holiday of one day without its last day', () => {
  expect(readHolidays('元旦, 2027-01-01', calendar)).toEqual({
    ok: true,
    value: [{ nameZh: '元旦', nameEn: '元旦', from: '2027-01-01', to: '2027-01-01' }],
  })
})

it.each([
  [', 2027-02-05, 2027-02-11', 1],
  ['元旦, 2027-01-01\n春节, 2027-02-11, 2027-02-05', 2],
  ['元旦, 2027-13-01', 1],
  ['元旦, 1 January', 1],
  ['元旦, 2027-01-01, 2027-01-03, 2027-01-04', 1],
])('says which line of %j cannot be read', (text, line) =>
  expect(readHolidays(text, calendar)).toEqual({ ok: false, line }),
)

it('reads days, one a line', () => {
  expect(readDays('2027-02-14\n\n2027-02-28\n')).toEqual({ ok: true, value: ['2027-02-14', '2027-02-28'] })
  expect(readDays('2027-02-14\n2027-02-30x')).toEqual({ ok: false, line: 2 })
})

it('puts a year among the others, in order, once', () => {
  const year = (number: number, workdays: string[] = []) => ({ year: number, holidays: [], workdays })
  const before = { years: [year(2025), year(2027)] }
  expect(replaceYear(before, year(2026)).years.map((entry) => entry.year)).toEqual([2025, 2026, 2027])
  expect(replaceYear(before, year(2027, ['2027-02-14'])).years).toEqual([year(2025), year(2027, ['2027-02-14'])])
  expect(replaceYear(null, year(2027)).years).toEqual([year(2027)])
})

it('counts both ends of a holiday', () => expect(countDays(spring)).toBe(7))
