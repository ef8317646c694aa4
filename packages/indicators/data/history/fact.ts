import { marks, type Mark } from '../../src/figures/marks.ts'

type More = {
  /** Which part of the indicator, in both languages; keeps facts of one body, period and indicator apart. */
  readonly part?: readonly [zh: string, en: string]
  /** How the source tells the time, where that is none of our periods. */
  readonly periodNote?: string
  readonly note?: string
}

/** One figure of a report of the past. Values are stored integers: persons, fen, hundredths of a percent. */
export type Fact = More & {
  readonly id: string
  readonly period: string
  /** Of the catalogue, or of data/history/own-indicators.ts. */
  readonly code: string
  readonly value: number | null
  readonly upper: number | null
  readonly mark: Mark
}
export type BodyFact = Fact & { readonly bodyCode: string }

function makeFact(mark: Mark) {
  return (id: string, period: string, code: string, value: number, more: More = {}): Fact => ({
    id,
    period,
    code,
    value,
    upper: null,
    mark,
    ...more,
  })
}

export const exact = makeFact(marks.exact)
export const about = makeFact(marks.about)
export const over = makeFact(marks.over)
export const atLeast = makeFact(marks.atLeast)
export const under = makeFact(marks.under)

export function range(id: string, period: string, code: string, value: number, upper: number, more: More = {}): Fact {
  return { id, period, code, value, upper, mark: marks.range, ...more }
}

/** The source has blotted the figure out. */
export function missing(id: string, period: string, code: string, more: More = {}): Fact {
  return { id, period, code, value: null, upper: null, mark: marks.redacted, ...more }
}

export function ofBody(bodyCode: string, facts: readonly Fact[]): readonly BodyFact[] {
  return facts.map((fact) => ({ ...fact, bodyCode }))
}
