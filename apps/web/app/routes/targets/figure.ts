import { formatFigure, formatUnit, type Figure } from '@gonglian/ui'
import type { Locale } from '@gonglian/ui/messages'

export type Measured = {
  readonly nameZh: string
  readonly nameEn: string
  readonly unit: string
  readonly scale: number
}

/** What is measured, in the reader's language. */
export function nameMeasure(measure: Pick<Measured, 'nameZh' | 'nameEn'>, locale: Locale): string {
  return locale === 'en' && measure.nameEn !== '' ? measure.nameEn : measure.nameZh
}

/** A target with its unit: 60,521人, 93.08%. */
export function writeTarget(value: Figure, measure: Pick<Measured, 'unit' | 'scale'>, locale: Locale): string {
  return formatFigure(value, { locale, scale: measure.scale, unit: measure.unit })
}

/** The same for a column whose head names the unit. */
export function writePlain(value: Figure, measure: Pick<Measured, 'scale'>, locale: Locale): string {
  return formatFigure(value, { locale, scale: measure.scale })
}

export function nameUnit(measure: Pick<Measured, 'unit'>, locale: Locale): string {
  return formatUnit(measure.unit, locale)
}

/**
 * Hundredths from a decimal as typed ("12.5", "-10", "５％"); null when it is none. For percentages and points that are terms of a plan,
 * not figures of an indicator.
 */
export function readHundredths(typed: string): number | null {
  const match = /^(-?)(\d{1,6})(?:\.(\d{1,2}))?%?$/.exec(typed.normalize('NFKC').trim().replace('−', '-'))
  if (!match) return null
  const [, sign, whole = '0', fraction = ''] = match
  const hundredths = Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
  return sign === '-' && hundredths !== 0 ? -hundredths : hundredths
}

/** Hundredths as one types them: 1250 -> 12.5. */
export function writeHundredths(hundredths: number): string {
  return String(hundredths / 100)
}
