import type { Finding } from './findings.ts'

/**
 * What an identity number stands on: the card of a citizen, the residence permit of somebody from Hong Kong, Macao or Taiwan, or the
 * permanent residence card of a foreigner.
 */
export type IdKind = 'citizen' | 'residence' | 'permanent'

export type IdNumber = {
  readonly kind: IdKind
  /** As it is kept: half-width, capital X. */
  readonly value: string
  readonly birth: string
  readonly sex: 'male' | 'female'
  /** Six digits of the place of first registration; it may have been renamed since. Of a foreigner, the two of the province. */
  readonly area: string
}

export type IdNumberVerdict =
  | { readonly ok: true; readonly id: IdNumber; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly errors: readonly Finding[] }

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'
/** Residence permits of people from Hong Kong, Macao and Taiwan (2018). */
const residenceAreas = new Set(['810000', '820000', '830000'])
/** GB/T 2260. */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71'.split(' '),
)

/** Half-width, without the spaces and hyphens people put between groups and signs that nobody sees, capital X. */
export function foldIdNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s\p{Cf}\p{Cc}\p{Pd}]/gu, '')
    .toUpperCase()
}

/** The eighteenth sign that belongs to seventeen digits (GB 11643). */
export function findIdCheckDigit(digits: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return checkDigits[sum % 11] ?? ''
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** Whole years on a day; who was born on 29 February is a year older on 1 March. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}

/**
 * An identity number (GB 11643, handbook 13): a citizen's, that of a residence permit (81 to 83), or of a permanent resident (GA 2102: 9,
 * two digits of the province, three of the nationality, then as usual). Digits in full width, spaces and a small x are folded, not refused.
 *
 * @param options.today no birth lies after it
 * @param options.minimumAge in years on that day, 16 for members (handbook 13, age rules)
 * @param options.areas county codes in force: a number from a place that was renamed or dissolved is accepted with a warning
 */
export function checkIdNumber(
  text: string,
  options: { today: string; minimumAge?: number; areas?: ReadonlySet<string> },
): IdNumberVerdict {
  const value = foldIdNumber(text)
  const refuse = (rule: string, params?: Finding['params']): IdNumberVerdict => ({
    ok: false,
    errors: [{ rule: `idNumber.${rule}`, key: `organisation.idNumber.${rule}`, ...(params ? { params } : {}) }],
  })
  if (value.length !== 18) return refuse('length', { length: value.length })
  if (!/^\d{17}[\dX]$/.test(value)) return refuse('signs')
  const kind: IdKind = value.startsWith('9')
    ? 'permanent'
    : residenceAreas.has(value.slice(0, 6))
      ? 'residence'
      : 'citizen'
  const province = kind === 'permanent' ? value.slice(1, 3) : value.slice(0, 2)
  if (kind !== 'residence' && !provinces.has(province)) return refuse('province', { code: province })
  if (findIdCheckDigit(value) !== value[17]) return refuse('check')
  const birth = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`
  if (!isDay(birth)) return refuse('day')
  if (birth < '1900-01-01') return refuse('tooOld')
  if (birth > options.today) return refuse('future')
  const minimum = options.minimumAge ?? 0
  if (ageOn(birth, options.today) < minimum) return refuse('tooYoung', { years: minimum })
  const sexed = { birth, sex: Number(value[16]) % 2 === 1 ? ('male' as const) : ('female' as const) }
  if (kind !== 'citizen')
    return {
      ok: true,
      id: { kind, value, area: kind === 'permanent' ? province : value.slice(0, 6), ...sexed },
      warnings: [],
    }
  const area = value.slice(0, 6)
  const warn = (rule: string): Finding[] => [
    { rule: `idNumber.${rule}`, key: `organisation.idNumber.${rule}`, params: { area } },
  ]
  const isGeneral = area.endsWith('0000')
  const warnings = isGeneral ? warn('general') : options.areas?.has(area) === false ? warn('retired') : []
  return { ok: true, id: { kind, value, area, ...sexed }, warnings }
}
