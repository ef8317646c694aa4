import { expect, test } from 'vitest'
import { findUrgency } from './urgency.ts'

test.each([
  ['2026-11-20', 'overdue'],
  ['2026-11-21', 'today'],
  ['2026-11-22', 'soon'],
  ['2026-11-28', 'soon'],
  ['2026-11-29', 'later'],
  [null, 'open'],
] as const)('due %s on 2026-11-21: %s', (due, urgency) => {
  expect(findUrgency(due, '2026-11-21')).toBe(urgency)
})

test('the day after the last of February counts as one day in a leap year too', () => {
  expect(findUrgency('2028-02-29', '2028-03-01')).toBe('overdue')
  expect(findUrgency('2028-03-07', '2028-02-29')).toBe('soon')
})
