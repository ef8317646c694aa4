import { fullShare, type Schedule, expectedShare } from '@gonglian/targets'

export type Light = 'green' | 'yellow' | 'red'

/** What the progress of one body in one item is judged by. */
export type Yardstick = {
  readonly method: 'sum' | 'floor' | 'each'
  /** 1: more is better; -1: less is better. */
  readonly direction: number
  readonly schedule: Schedule
  /** The unit is percent: gaps are percentage points of the rate itself, not of the target. */
  readonly isRate: boolean
  /** Hundredths of a percentage point of gap to the schedule: green from here on, red below. */
  readonly yellowFrom: number
  readonly redFrom: number
}

export type Progress = {
  /** What should have been reached by the end of the period, in the unit of the target. */
  expected: number | null
  /** Hundredths of a percent of the target that is reached, raw: above 100 % stays above (GOV-03). */
  rate: number | null
  /** Hundredths of a percentage point ahead of (+) or behind (-) the schedule. */
  gap: number | null
  light: Light | null
}

function ratioOf(part: number, whole: number): number {
  return Number((BigInt(part) * BigInt(fullShare) * 2n + BigInt(whole)) / (BigInt(whole) * 2n))
}

/**
 * 序时进度: the actual figure against what the schedule expects by now. Without target or figure there is no light: missing is not
 * red, and it is not green either (UNI-05). A target of 0 is met by anything that is not worse.
 */
export function measureProgress(
  yardstick: Yardstick,
  target: number | null,
  actual: number | null,
  period: string,
): Progress {
  const share = expectedShare(yardstick.schedule, period)
  if (target === null) return { expected: null, rate: null, gap: null, light: null }
  const expected = yardstick.isRate ? target : Math.round((target * share) / fullShare)
  if (actual === null) return { expected, rate: null, gap: null, light: null }
  const rate = target > 0 ? ratioOf(actual, target) : null
  const distance = yardstick.isRate ? actual - target : rate === null ? (actual > 0 ? fullShare : 0) : rate - share
  const gap = yardstick.direction === -1 ? -distance : distance
  return {
    expected,
    rate,
    gap,
    light: gap >= yardstick.yellowFrom ? 'green' : gap >= yardstick.redFrom ? 'yellow' : 'red',
  }
}

/** Places by gap to the schedule, best first; equals share a place, whoever has no figure has none. */
export function rankBodies(rows: readonly { readonly id: number; readonly gap: number | null }[]): Map<number, number> {
  const gaps = rows.flatMap((row) => (row.gap === null ? [] : [row.gap])).sort((a, b) => b - a)
  const firstPlace = new Map<number, number>()
  for (const [index, gap] of gaps.entries()) if (!firstPlace.has(gap)) firstPlace.set(gap, index + 1)
  return new Map(rows.flatMap((row) => (row.gap === null ? [] : [[row.id, firstPlace.get(row.gap) ?? 0] as const])))
}
