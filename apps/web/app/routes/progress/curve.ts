import type { Board, BoardRow } from './choice.ts'

/** One period of the year: stored integers of the item's unit, null where there is none. */
export type CurvePoint = {
  readonly period: string
  readonly expected: number | null
  readonly actual: number | null
  readonly forecast: number | null
}

type Traced = {
  readonly target: number | null
  /** What is to be reached does not grow through the year: rates. */
  readonly isLevel: boolean
  /** Hundredths of a percent of the target, at the end of each period of the year. */
  readonly schedule: readonly { readonly period: string; readonly share: number }[]
  /** Actual figures since the start of the year, period by period, as far as it has come. */
  readonly trend: readonly (number | null)[]
  /** The whole year's at this pace. */
  readonly forecast: number | null
}

/** 进度曲线: what was expected, what is, and what comes of it when the rest of the year goes on like this. */
export function traceCurve({ target, isLevel, schedule, trend, forecast }: Traced): CurvePoint[] {
  const last = trend.findLastIndex((value) => value !== null)
  const partOf = (whole: number | null, share: number) =>
    whole === null ? null : isLevel ? whole : Math.round((whole * share) / 10_000)
  return schedule.map(({ period, share }, index) => ({
    period,
    expected: partOf(target, share),
    actual: trend[index] ?? null,
    forecast:
      forecast === null || last === -1 || index < last
        ? null
        : index === last
          ? (trend[last] ?? null)
          : partOf(forecast, share),
  }))
}

/** The curve of one row of a board. */
export function traceRow(
  board: Pick<Board, 'item' | 'yearSchedule'>,
  row: Pick<BoardRow, 'target' | 'trend' | 'forecast'>,
) {
  return traceCurve({
    target: row.target,
    isLevel: board.item.measure.additivity === 'ratio',
    schedule: board.yearSchedule,
    trend: row.trend,
    forecast: row.forecast,
  })
}
