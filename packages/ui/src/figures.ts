import { translate, type Locale } from './messages/index.ts'

/**
 * How exact a figure is, as the source wrote it (UNI-03), or why it is missing (UNI-05). The position of a name is the
 * number that vectors of figures store.
 */
export const figureMarks = [
  'exact',
  'about',
  'over',
  'atLeast',
  'under',
  'atMost',
  'range',
  'notCollected',
  'notApplicable',
  'withheld',
  'redacted',
] as const
export type FigureMark = (typeof figureMarks)[number]

/** The name of a stored mark; an unknown number counts as exact. */
function readMark(mark: number | null | undefined): FigureMark {
  return figureMarks[mark ?? 0] ?? 'exact'
}

/** Figures are shown whole, in 万 / thousands, or in 亿 / millions. */
export type Large = 'none' | 'wan' | 'yi'

export type Figure = bigint | number | null | undefined

export type FigureFormat = {
  readonly locale: Locale
  /** How many decimal digits the stored integer carries: 0 for counts, 2 for percent (hundredths) and money (fen). */
  readonly scale?: number
  /** The unit as the catalogue of indicators writes it (人, 元, %). Left out where the column head says it. */
  readonly unit?: string
  /** As stored: its place in `figureMarks`. */
  readonly mark?: number | null | undefined
  /** The upper end of a range. */
  readonly upper?: Figure
  readonly large?: Large
}

/** What a missing figure looks like everywhere. Zero is 0. */
export const missingFigure = '—'

// Chinese groups by ten thousand, English by thousand: the same wish gives each reader the step they count in.
const largePowers: Record<Locale, Record<Large, number>> = {
  'zh-CN': { none: 0, wan: 4, yi: 8 },
  en: { none: 0, wan: 3, yi: 6 },
}

function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Writes value / 10^power with the given decimals, rounding half away from zero; integers throughout, so it is exact. */
function writeDecimal(value: bigint, power: number, decimals: number): string {
  const negative = value < 0n
  const drop = power - decimals
  let scaled = negative ? -value : value
  if (drop > 0) {
    const unit = 10n ** BigInt(drop)
    scaled = (scaled + unit / 2n) / unit
  } else {
    scaled *= 10n ** BigInt(-drop)
  }
  const text = scaled.toString().padStart(decimals + 1, '0')
  const whole = groupDigits(text.slice(0, text.length - decimals))
  const fraction = decimals > 0 ? `.${text.slice(-decimals)}` : ''
  return `${negative && scaled !== 0n ? '-' : ''}${whole}${fraction}`
}

/** The unit as a column head writes it, with the scale: 人, 万人, 万元, k yuan. Percent never scales. */
export function formatUnit(unit: string, locale: Locale, large: Large = 'none'): string {
  const name = translateUnit(unit, locale)
  if (large === 'none' || unit === '%') return name
  const prefix = translate(locale, `figures.large.${large}`)
  return locale === 'zh-CN' ? `${prefix}${name}` : `${prefix} ${name}`
}

function translateUnit(unit: string, locale: Locale): string {
  switch (unit) {
    case '人':
    case '个':
    case '份':
    case '家':
    case '人次':
    case '次':
    case '件':
    case '件次':
    case '元':
    case '户':
    case '户次':
    case '元/户':
    case '项':
    case '百分点':
    case '分':
    case '%':
      return translate(locale, `figures.unit.${unit}`)
    default:
      // A federation may add indicators of its own with units of its own.
      return unit
  }
}

/**
 * Writes a stored integer for a reader: thousands separated, missing as a dash, zero as 0, the mark of inexact figures
 * in words. Money is given in fen with scale 2, percent in hundredths with scale 2.
 */
export function formatFigure(value: Figure, format: FigureFormat): string {
  if (value === null || value === undefined) return missingFigure
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return missingFigure
  const { locale, scale = 0, unit, mark, upper, large = 'none' } = format
  const scaledBy = unit === '%' ? 0 : largePowers[locale][large]
  const decimals = scaledBy > 0 ? 2 : scale
  const write = (figure: bigint | number) => writeDecimal(BigInt(figure), scale + scaledBy, decimals)
  const number = write(value)
  const top = upper === null || upper === undefined ? number : write(upper)
  const marked = writeMark(number, top, readMark(mark), locale)
  if (unit === undefined) return marked
  const label = formatUnit(unit, locale, large)
  return locale === 'zh-CN' || unit === '%' ? `${marked}${label}` : `${marked} ${label}`
}

function writeMark(figure: string, upper: string, mark: FigureMark, locale: Locale): string {
  switch (mark) {
    case 'about':
    case 'over':
    case 'atLeast':
    case 'under':
    case 'atMost':
      return translate(locale, `figures.mark.${mark}`, { figure })
    case 'range':
      return `${figure}–${upper}`
    case 'exact':
    case 'notCollected':
    case 'notApplicable':
    case 'withheld':
    case 'redacted':
      return figure
  }
}

/** Why a figure is missing, in words. */
export function explainMissing(mark: number | null | undefined, locale: Locale): string {
  const name = readMark(mark)
  switch (name) {
    case 'notCollected':
    case 'notApplicable':
    case 'withheld':
    case 'redacted':
      return translate(locale, `figures.missing.${name}`)
    case 'exact':
    case 'about':
    case 'over':
    case 'atLeast':
    case 'under':
    case 'atMost':
    case 'range':
      return translate(locale, 'figures.missing')
  }
}

/** Percent from hundredths of a percent: 8494 -> 84.94%. */
export function formatPercent(hundredths: Figure, locale: Locale): string {
  return formatFigure(hundredths, { locale, scale: 2, unit: '%' })
}

/** Money from integer fen: 元, 万元 or 亿元. */
export function formatMoney(fen: Figure, locale: Locale, large: Large = 'none'): string {
  return formatFigure(fen, { locale, scale: 2, unit: '元', large })
}
