import { readHundredths, writeHundredths } from '../figure.ts'

/** How the twelve cumulative shares of a schedule are chosen; `standing`: all of it at any time. */
export const scheduleChoices = ['straight', 'standing', 'seasonal', 'manual'] as const
export type ScheduleChoice = (typeof scheduleChoices)[number]

const fullShare = 10_000

/** Month by month the same. */
export function spreadEvenly(): number[] {
  return Array.from({ length: 12 }, (_, month) => Math.round(((month + 1) * fullShare) / 12))
}

/** All of it at any time: rates and levels that are to be held. */
export function holdAllYear(): number[] {
  return Array.from({ length: 12 }, () => fullShare)
}

/** Which choice a stored schedule is. */
export function findChoice(schedule: readonly number[], kind: 'straight' | 'manual' | 'seasonal'): ScheduleChoice {
  if (kind !== 'manual') return kind
  return schedule.every((share) => share === fullShare) ? 'standing' : 'manual'
}

export type ReadSchedule =
  | { readonly ok: true; readonly schedule: number[] }
  /** Months (from 0) that can't be read, fall back, or end short of all. */
  | { readonly ok: false; readonly months: readonly number[] }

/** Twelve cumulative shares as typed, in percent: none may fall, the last is 100. */
export function readSchedule(typed: readonly string[]): ReadSchedule {
  const shares = typed.map(readHundredths)
  const months = shares.flatMap((share, month) => {
    const before = shares[month - 1] ?? 0
    const wrong =
      share === null || share < 0 || share > fullShare || share < before || (month === 11 && share !== fullShare)
    return wrong ? [month] : []
  })
  const schedule = shares.filter((share) => share !== null)
  return months.length === 0 && schedule.length === 12 ? { ok: true, schedule } : { ok: false, months }
}

/** The schedule of a choice; what is typed counts where it is made by hand or was computed and may be put right. */
export function chooseSchedule(choice: ScheduleChoice, typed: readonly string[]): ReadSchedule {
  switch (choice) {
    case 'straight':
      return { ok: true, schedule: spreadEvenly() }
    case 'standing':
      return { ok: true, schedule: holdAllYear() }
    case 'seasonal':
    case 'manual':
      return readSchedule(typed)
  }
}

export function writeSchedule(schedule: readonly number[]): string[] {
  return schedule.map(writeHundredths)
}
