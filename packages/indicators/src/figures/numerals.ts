import { isMissingReason, marks, type Mark } from './marks.ts'

/** Of a stored figure: a hundred thousand million yuan in fen, 10^13 of anything else (docs/decisions/0003). */
export const largestFigure = 10_000_000_000_000

export type ParsedFigure =
  | {
      readonly ok: true
      /** The stored integer; null: missing, and `mark` says why if the text does. */
      readonly value: number | null
      readonly mark: Mark
      /** Upper end of a range. */
      readonly upper: number | null
    }
  | { readonly ok: false; readonly key: string; readonly params: Readonly<Record<string, string | number>> }

const before: readonly (readonly [RegExp, Mark])[] = [
  [/^(大约|约|接近|将近|近|≈|~)/, marks.about],
  [/^(超过|超|逾|突破|多于|大于|>)/, marks.over],
  [/^(至少|不少于|不低于|≥|>=)/, marks.atLeast],
  [/^(不足|不到|少于|小于|<)/, marks.under],
  [/^(至多|最多|不超过|不多于|不高于|≤|<=)/, marks.atMost],
]
const after: readonly (readonly [RegExp, Mark])[] = [
  [/(左右|上下)$/, marks.about],
  [/(余|多)$/, marks.over],
  [/(及以上|以上|\+)$/, marks.atLeast],
  [/(以内|及以下|以下)$/, marks.atMost],
]
// Why a figure is missing, as forms are filled in by hand (UNI-05).
const reasons: readonly (readonly [RegExp, Mark])[] = [
  [/^(未统计|未收集|无统计|暂无数据)$/, marks.notCollected],
  [/^(不适用|\/|N\/A)$/i, marks.notApplicable],
  [/^(不公开|保密)$/, marks.withheld],
  [/^[X×*]{2,}$/i, marks.redacted],
]
const powers = new Map([
  ['百', 2],
  ['千', 3],
  ['万', 4],
  ['百万', 6],
  ['千万', 7],
  ['亿', 8],
])
// Units that people write for one another. Persons are not person-times (UNI-01), so every other unit is refused.
const sameUnits: readonly (readonly string[])[] = [
  ['人', '名', '位'],
  ['个', '家', '所'],
  ['元', '块'],
]
const unitWords = /(人次|件次|户次|元\/户|百分点|人|名|位|个|家|所|份|件|户|项|次|元|块|分|%)$/

function refuse(key: string, params: Readonly<Record<string, string | number>> = {}): ParsedFigure {
  return { ok: false, key: `checks.${key}`, params }
}

/** What Excel, WPS and people put into a cell, made plain: full-width forms, spaces and invisible direction marks. */
function cleanText(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{Cf}\p{Cc}]/gu, '')
}

function stripMark(text: string): { rest: string; mark: Mark } {
  for (const [pattern, mark] of before) if (pattern.test(text)) return { rest: text.replace(pattern, ''), mark }
  for (const [pattern, mark] of after) if (pattern.test(text)) return { rest: text.replace(pattern, ''), mark }
  return { rest: text, mark: marks.exact }
}

function mergeMarks(outer: Mark, inner: Mark): Mark {
  return outer === marks.exact ? inner : outer
}

type Stripped = { rest: string; mark: Mark; power: number; unit: string }

function findUnit(text: string, unit: string): string {
  const word = unitWords.exec(text)?.[0] ?? ''
  return text.endsWith(unit) && unit.length >= word.length ? unit : word
}

/** Takes off, from the outside: the mark, the unit, the mark again (3万余人, 3余万人), 万 and its kin, the mark again. */
function stripWords(text: string, unit: string): Stripped {
  const outer = stripMark(text)
  const word = findUnit(outer.rest, unit)
  const middle = stripMark(outer.rest.slice(0, outer.rest.length - word.length))
  const large = /(百万|千万|[百千万亿])$/.exec(middle.rest)?.[0] ?? ''
  const inner = stripMark(middle.rest.slice(0, middle.rest.length - large.length))
  return {
    rest: inner.rest,
    mark: mergeMarks(mergeMarks(outer.mark, middle.mark), inner.mark),
    power: powers.get(large) ?? 0,
    unit: word,
  }
}

function isSameUnit(typed: string, unit: string): boolean {
  return typed === '' || typed === unit || sameUnits.some((group) => group.includes(typed) && group.includes(unit))
}

function readDigits(text: string, power: number, scale: number): ParsedFigure {
  const match = /^([-−–—+]?)((?:\d{1,3}(?:,\d{3})+|\d+))(?:\.(\d*))?$/.exec(text) ?? /^([-−–—+]?)()\.(\d+)$/.exec(text)
  if (!match) return /^\([\d,.]+\)$/.test(text) ? refuse('negative') : refuse('notNumber')
  const [, sign = '', whole = '', fraction = ''] = match
  const places = scale + power
  const significant = fraction.replace(/0+$/, '')
  if (significant.length > places) return scale === 0 ? refuse('fraction') : refuse('tooPrecise', { digits: scale })
  const value = BigInt(`${whole.replaceAll(',', '')}${significant.padEnd(places, '0')}`)
  if (value > 0n && sign !== '' && sign !== '+') return refuse('negative')
  if (value > BigInt(largestFigure)) return refuse('tooLarge', { limit: writeScaled(largestFigure, scale) })
  return { ok: true, value: Number(value), mark: marks.exact, upper: null }
}

/**
 * Reads what a person types or pastes into a cell: full-width digits, thousands separators, 万 and 亿, 约 余 以上 不足, ranges
 * (3-5, 9%~15%), the unit behind it. Empty, dashes, and words for "not collected" are missing, never 0 (UNI-02, UNI-03,
 * UNI-05). Nothing is rounded and nothing guessed: another unit than the item's (人次 for 人) is refused (UNI-01).
 *
 * @param target unit and scale of the indicator; the value is the stored integer: "84.94" with scale 2 is 8494
 * @returns the figure, or the key of what is wrong with it in the catalogue of messages
 */
export function parseFigure(text: string, target: { readonly unit: string; readonly scale: number }): ParsedFigure {
  // A cell holds a figure, not an essay: nobody's paste keeps the parser busy.
  if (text.length > 200) return refuse('notNumber')
  const plain = cleanText(text)
  if (/^[-—–─]*$/.test(plain)) return { ok: true, value: null, mark: marks.exact, upper: null }
  const reason = reasons.find(([pattern]) => pattern.test(plain))
  if (reason) return { ok: true, value: null, mark: reason[1], upper: null }
  const range = /^(.*[\d%百千万亿])(?:[-−–—~]+|至|到)(\d.*)$/.exec(plain)
  if (range) return parseRange(range[1] ?? '', range[2] ?? '', target)
  return parseSingle(stripWords(plain, target.unit), target)
}

function parseSingle(stripped: Stripped, target: { readonly unit: string; readonly scale: number }): ParsedFigure {
  if (!isSameUnit(stripped.unit, target.unit)) return refuse('otherUnit', { typed: stripped.unit, unit: target.unit })
  const figure = readDigits(stripped.rest, stripped.power, target.scale)
  return figure.ok ? { ...figure, mark: stripped.mark } : figure
}

function parseRange(
  lowText: string,
  highText: string,
  target: { readonly unit: string; readonly scale: number },
): ParsedFigure {
  const high = stripWords(highText, target.unit)
  const low = stripWords(lowText, target.unit)
  // 3-5亿元 means 3亿 to 5亿; 9%-15% says the unit twice.
  const lower = parseSingle({ ...low, power: low.power === 0 ? high.power : low.power }, target)
  const upper = parseSingle(high, target)
  if (!lower.ok) return lower
  if (!upper.ok) return upper
  if (lower.value === null || upper.value === null || low.mark !== marks.exact || high.mark !== marks.exact)
    return refuse('notNumber')
  if (lower.value >= upper.value) return refuse('rangeOrder')
  return { ok: true, value: lower.value, mark: marks.range, upper: upper.value }
}

/** A stored integer as plain digits in its natural unit, as one would type it: 4250 with scale 2 is "42.5". */
export function writeScaled(value: number, scale: number): string {
  const digits = Math.abs(value)
    .toString()
    .padStart(scale + 1, '0')
  const fraction = scale > 0 ? digits.slice(-scale).replace(/0+$/, '') : ''
  return `${value < 0 ? '-' : ''}${digits.slice(0, digits.length - scale)}${fraction === '' ? '' : `.${fraction}`}`
}

const words: Record<Mark, readonly [string, string]> = {
  [marks.exact]: ['', ''],
  [marks.about]: ['约', ''],
  [marks.over]: ['', '余'],
  [marks.atLeast]: ['', '以上'],
  [marks.under]: ['不足', ''],
  [marks.atMost]: ['', '以内'],
  [marks.range]: ['', ''],
  [marks.notCollected]: ['未统计', ''],
  [marks.notApplicable]: ['不适用', ''],
  [marks.withheld]: ['不公开', ''],
  [marks.redacted]: ['XX', ''],
}

/** The figure as one types it: what `parseFigure` reads back to the same figure. */
export function writeTyped(
  figure: { readonly value: number | null; readonly mark: Mark; readonly upper?: number | null },
  scale: number,
): string {
  const [prefix, suffix] = words[figure.mark]
  if (figure.value === null) return isMissingReason(figure.mark) ? prefix : ''
  const number = writeScaled(figure.value, scale)
  const upper = figure.upper ?? null
  if (figure.mark === marks.range && upper !== null) return `${number}-${writeScaled(upper, scale)}`
  return isMissingReason(figure.mark) ? number : `${prefix}${number}${suffix}`
}
