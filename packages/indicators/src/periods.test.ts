import { DomainError } from '@gonglian/tenancy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  Period,
  coarserPeriod,
  currentPeriod,
  finerPeriods,
  listPeriods,
  nextPeriod,
  parsePeriod,
  periodContaining,
  periodKinds,
  previousPeriod,
  samePeriodLastYear,
  shiftPeriod,
  writePeriod,
} from './periods.ts'

const kind = fc.constantFrom(...periodKinds)
const year = fc.integer({ min: 1901, max: 2998 })
const period = fc.tuple(kind, year, fc.nat(23)).map(([of, in_, position]) => {
  const all = listPeriods(of, in_)
  return all[position % all.length] ?? ''
})

function addDay(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

describe('parsePeriod', () => {
  it.each([
    ['2026', 'year', 1, '2026-01-01', '2026-12-31'],
    ['2026-H1', 'half_year', 1, '2026-01-01', '2026-06-30'],
    ['2026-H2', 'half_year', 2, '2026-07-01', '2026-12-31'],
    ['2026-Q3', 'quarter', 3, '2026-07-01', '2026-09-30'],
    ['2024-02', 'month', 2, '2024-02-01', '2024-02-29'],
    ['2026-02', 'month', 2, '2026-02-01', '2026-02-28'],
    ['2026-09-A', 'half_month', 17, '2026-09-01', '2026-09-15'],
    ['2026-02-B', 'half_month', 4, '2026-02-16', '2026-02-28'],
  ])('%s', (text, of, index, start, end) => {
    expect(parsePeriod(text)).toEqual({ kind: of, year: Number(text.slice(0, 4)), index, start, end })
  })

  it.each([
    '',
    '26',
    '2026-13',
    '2026-00',
    '2026-Q5',
    '2026-H3',
    '2026-09-C',
    '2026-Q3-A',
    '2026-9',
    '２０２６',
    ' 2026',
    '2026\n',
    '0000',
    '3000-01',
    '2026年',
    '2009 春节',
  ])('refuses %j and names the field', (text) => {
    expect(() => parsePeriod(text)).toThrow(DomainError)
    expect(Period.safeParse(text).success).toBe(false)
    try {
      parsePeriod(text)
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid', key: 'errors.period', fields: [{ path: 'period' }] })
    }
  })

  it('agrees with the schema and reads back what is written', () => {
    fc.assert(
      fc.property(period, (text) => {
        const span = parsePeriod(text)
        expect(writePeriod(span.kind, span.year, span.index)).toBe(text)
        expect(Period.parse(text)).toBe(text)
        expect(span.start <= span.end).toBe(true)
      }),
    )
  })
})

describe('order', () => {
  it('text forms of one kind sort as their days do', () => {
    fc.assert(
      fc.property(kind, fc.array(fc.tuple(year, fc.nat(23)), { minLength: 2, maxLength: 20 }), (of, picks) => {
        const texts = picks.map(([in_, position]) => listPeriods(of, in_)[position % listPeriods(of, in_).length] ?? '')
        const byText = texts.toSorted()
        const byDay = texts.toSorted((a, b) =>
          parsePeriod(a).start < parsePeriod(b).start ? -1 : parsePeriod(a).start > parsePeriod(b).start ? 1 : 0,
        )
        expect(byText).toEqual(byDay)
      }),
    )
  })

  it('the next period starts the day after the last day, whatever the year', () => {
    fc.assert(
      fc.property(period, (text) => {
        expect(parsePeriod(nextPeriod(text)).start).toBe(addDay(parsePeriod(text).end, 1))
        expect(previousPeriod(nextPeriod(text))).toBe(text)
      }),
    )
  })

  it('steps add up', () => {
    fc.assert(
      fc.property(
        kind,
        fc.integer({ min: 2100, max: 2800 }),
        fc.integer({ min: -60, max: 60 }),
        fc.integer({ min: -60, max: 60 }),
        (of, in_, a, b) => {
          const first = listPeriods(of, in_)[0] ?? ''
          expect(shiftPeriod(shiftPeriod(first, a), b)).toBe(shiftPeriod(first, a + b))
        },
      ),
    )
  })

  it('last year is a year of periods back', () => {
    fc.assert(
      fc.property(period, (text) => {
        const { kind: of, year: in_ } = parsePeriod(text)
        expect(samePeriodLastYear(text)).toBe(shiftPeriod(text, -listPeriods(of, in_).length))
      }),
    )
  })

  it('ends where the calendar of the product ends', () => {
    expect(() => previousPeriod('1900')).toThrow(DomainError)
    expect(() => writePeriod('month', 2026, 13)).toThrow(DomainError)
    expect(() => writePeriod('month', 2026.5, 1)).toThrow(DomainError)
  })
})

describe('finer and coarser', () => {
  it('the finer periods cover the coarser one without gap or overlap', () => {
    fc.assert(
      fc.property(period, kind, (text, finer) => {
        const span = parsePeriod(text)
        const parts = finerPeriods(text, finer)
        if (periodKinds.indexOf(finer) > periodKinds.indexOf(span.kind)) {
          expect(parts).toEqual([])
          return
        }
        expect(parsePeriod(parts[0] ?? '').start).toBe(span.start)
        expect(parsePeriod(parts[parts.length - 1] ?? '').end).toBe(span.end)
        for (const [position, part] of parts.entries()) {
          expect(coarserPeriod(part, span.kind)).toBe(text)
          const after = parts[position + 1]
          if (after !== undefined) expect(parsePeriod(after).start).toBe(addDay(parsePeriod(part).end, 1))
        }
      }),
    )
  })

  it('knows the months of a quarter', () => {
    expect(finerPeriods('2026-Q3', 'month')).toEqual(['2026-07', '2026-08', '2026-09'])
    expect(finerPeriods('2026-02', 'half_month')).toEqual(['2026-02-A', '2026-02-B'])
    expect(finerPeriods('2026-Q3', 'quarter')).toEqual(['2026-Q3'])
  })

  it('a day lies in exactly one period of each kind', () => {
    fc.assert(
      fc.property(
        kind,
        fc.date({ min: new Date('1950-01-01'), max: new Date('2900-12-31'), noInvalidDate: true }),
        (of, date) => {
          const day = date.toISOString().slice(0, 10)
          const span = parsePeriod(periodContaining(of, day))
          expect(span.kind).toBe(of)
          expect(span.start <= day && day <= span.end).toBe(true)
        },
      ),
    )
  })

  it('the current period is the one of today', () => {
    expect(currentPeriod('half_month', '2026-11-16')).toBe('2026-11-B')
    expect(currentPeriod('quarter', '2026-12-31')).toBe('2026-Q4')
  })

  it.each(['2026-02-30', '2026-1-1', 'today', ''])('refuses %j as a day', (day) => {
    expect(() => periodContaining('month', day)).toThrow(DomainError)
  })
})
