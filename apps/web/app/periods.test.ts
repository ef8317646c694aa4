import {
  coarserPeriod,
  listPeriods as listRulePeriods,
  parsePeriod,
  periodContaining,
  periodKinds as ruleKinds,
  shiftPeriod as shiftRulePeriod,
} from '@gonglian/indicators'
import {
  convertPeriod,
  findPeriodAt,
  listPeriods,
  periodKinds,
  readPeriod,
  shiftPeriod,
  writePeriod,
  type PeriodParts,
} from '@gonglian/ui'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const aPeriod = fc
  .tuple(fc.constantFrom(...periodKinds), fc.integer({ min: 1950, max: 2900 }), fc.nat(23))
  .map(([kind, year, place]) => {
    const all = listPeriods(kind, year)
    return all[place % all.length]
  })
  .filter((parts): parts is PeriodParts => parts !== undefined)

test('the periods of the screens are those of the rules: same kinds, names, steps, and quarters of months', () => {
  expect(periodKinds).toEqual(ruleKinds)
  fc.assert(
    fc.property(aPeriod, fc.integer({ min: -40, max: 40 }), fc.constantFrom(...periodKinds), (parts, steps, kind) => {
      const name = writePeriod(parts)
      expect(readPeriod(name)).toEqual(parts)
      expect(parsePeriod(name)).toMatchObject(parts)
      expect(writePeriod(shiftPeriod(parts, steps))).toBe(shiftRulePeriod(name, steps))
      expect(writePeriod(convertPeriod(parts, kind))).toBe(coarserPeriod(name, kind))
      expect(listPeriods(kind, parts.year).map(writePeriod)).toEqual(listRulePeriods(kind, parts.year))
    }),
  )
})

test('both find the same period for a day in Shanghai, just after midnight and just before', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1995-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true }),
      fc.constantFrom(...periodKinds),
      fc.constantFrom('00:00:01', '23:59:59'),
      (date, kind, time) => {
        const day = date.toISOString().slice(0, 10)
        const instant = new Date(`${day}T${time}+08:00`)
        expect(writePeriod(findPeriodAt(instant, kind))).toBe(periodContaining(kind, day))
      },
    ),
  )
})
