import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inventMonths, type DemoItem } from './figures.ts'

const codes = [
  'employee_count',
  'female_employee_count',
  'member_count',
  'female_member_count',
  'new_member_count',
  'transferred_in_member_count',
  'lost_member_count',
  'hardship_file_count',
  'warmth_households_visited',
  'rights_cases_received',
  'rights_cases_closed',
  'suggestion_submitted',
  'suggestion_adopted',
]
const items: DemoItem[] = [
  ...codes.map((code) => ({ code, additivity: 'sum' as const, breakdownZh: '' })),
  { code: 'new_member_count', additivity: 'sum', breakdownZh: '女性' },
  { code: 'membership_rate', additivity: 'ratio', breakdownZh: '' },
]
const at = (month: readonly (number | null)[], code: string) => month[codes.indexOf(code)] ?? 0

test('invented figures obey the rules real ones are held to (handbook 12.2)', () => {
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.integer({ min: 0, max: 60_000 }),
      fc.double({ min: 0.5, max: 1.6, noNaN: true }),
      fc.boolean(),
      (body, size, zeal, moody) => {
        const months = inventMonths(items, { body, size, zeal, moody }, 24)
        expect(months).toHaveLength(24)
        months.forEach((month, index) => {
          for (const figure of month)
            if (figure !== null) expect(Number.isSafeInteger(figure) && figure >= 0).toBe(true)
          expect(at(month, 'member_count')).toBeLessThanOrEqual(at(month, 'employee_count'))
          expect(at(month, 'female_member_count')).toBeLessThanOrEqual(at(month, 'female_employee_count'))
          expect(at(month, 'warmth_households_visited')).toBeLessThanOrEqual(at(month, 'hardship_file_count'))
          expect(at(month, 'rights_cases_closed')).toBeLessThanOrEqual(at(month, 'rights_cases_received'))
          expect(at(month, 'suggestion_adopted')).toBeLessThanOrEqual(at(month, 'suggestion_submitted'))
          expect(month[codes.length]).toBeLessThanOrEqual(at(month, 'new_member_count'))
          expect(month[codes.length + 1]).toBeNull()
          const before = months[index - 1]
          if (before)
            expect(at(month, 'member_count')).toBe(
              at(before, 'member_count') +
                at(month, 'new_member_count') +
                at(month, 'transferred_in_member_count') -
                at(month, 'lost_member_count'),
            )
        })
      },
    ),
    { numRuns: 60 },
  )
})

test('the same body has the same figures on every machine', () => {
  const draw = () => inventMonths(items, { body: 5132, size: 3000, zeal: 1, moody: true }, 3)
  expect(draw()).toEqual(draw())
})
