import {
  largestFigure,
  marks,
  parseFigure,
  readScaled,
  writeFraction,
  writeScaled,
  type Additivity,
  type Formula,
  type Nature,
} from '@gonglian/indicators/figures'
import { findIndicatorsById, getIndicator, type Indicator } from '@gonglian/indicators'
import type { TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'

/** What a target is measured in: the indicator behind it. */
export type Measure = {
  indicatorId: number
  code: string
  nameZh: string
  nameEn: string
  unit: string
  /** Decimal places kept in the stored integer. */
  scale: number
  nature: Nature
  additivity: Additivity
  formula: Formula | null
  polarity: number
}

function toMeasure(indicator: Indicator): Measure {
  const { id, code, nameZh, nameEn, unit, scale, nature, additivity, formula, polarity } = indicator
  return { indicatorId: id, code, nameZh, nameEn, unit, scale, nature, additivity, formula, polarity }
}

/** What the given indicators measure, by id. */
export async function listMeasures(ctx: TenantContext, indicatorIds: readonly number[]): Promise<Map<number, Measure>> {
  const indicators = await findIndicatorsById(ctx, indicatorIds)
  return new Map([...indicators].map(([id, indicator]) => [id, toMeasure(indicator)]))
}

/** @throws DomainError not_found errors.indicatorNotFound */
export async function findMeasure(ctx: TenantContext, code: string): Promise<Measure> {
  return toMeasure(await getIndicator(ctx, code))
}

/** A target as a person types it ("1.2万", "９５％"), or the stored integer. */
export const TargetFigure = z.union([z.number(), z.string().trim().min(1).max(60)])

export type ReadTarget =
  { ok: true; value: number } | { ok: false; key: string; params: Record<string, string | number> }

/** Reads a target by the rules of figures; a target is exact: no "about", no range. */
export function readTarget(measure: Pick<Measure, 'unit' | 'scale'>, input: number | string): ReadTarget {
  if (typeof input === 'number') {
    if (input < 0) return { ok: false, key: 'checks.negative', params: {} }
    if (!Number.isInteger(input)) return { ok: false, key: 'checks.fraction', params: {} }
    if (input > largestFigure)
      return { ok: false, key: 'checks.tooLarge', params: { limit: writeScaled(largestFigure, measure.scale) } }
    return { ok: true, value: input }
  }
  const figure = parseFigure(input, measure)
  if (!figure.ok) return { ok: false, key: figure.key, params: { ...figure.params } }
  if (figure.value === null) return { ok: false, key: 'checks.notNumber', params: {} }
  if (figure.mark !== marks.exact) return { ok: false, key: 'errors.targetInexact', params: {} }
  return { ok: true, value: figure.value }
}

/** A stored target for a reader: 60,521 or 93.08. */
export function writeTarget(measure: Pick<Measure, 'scale'>, value: number): string {
  return writeFraction(readScaled(value, measure.scale), measure.scale)
}
