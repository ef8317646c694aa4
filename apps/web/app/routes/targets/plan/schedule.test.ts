import { describe, expect, it } from 'vitest'
import { findChoice, holdAllYear, readSchedule, spreadEvenly, writeSchedule } from './schedule.ts'

describe('a schedule', () => {
  it('comes back from what was written', () => {
    for (const schedule of [spreadEvenly(), holdAllYear()])
      expect(readSchedule(writeSchedule(schedule))).toEqual({ ok: true, schedule })
  })
  it('spread evenly is half in June and all in December', () => {
    expect([spreadEvenly()[0], spreadEvenly()[5], spreadEvenly()[11]]).toEqual([833, 5000, 10_000])
  })
  it('names the months that fall back, cannot be read or end short', () => {
    const typed = ['10', '5', 'x', '40', '50', '60', '70', '80', '90', '95', '98', '99']
    expect(readSchedule(typed)).toEqual({ ok: false, months: [1, 2, 11] })
  })
  it('tells a target held all year from one set by hand', () => {
    expect(findChoice(holdAllYear(), 'manual')).toBe('standing')
    expect(findChoice(spreadEvenly(), 'manual')).toBe('manual')
    expect(findChoice(spreadEvenly(), 'seasonal')).toBe('seasonal')
  })
})
