import type { FigureMark } from './figures.ts'
import type { Locale } from './messages/index.ts'

export type FigureProblem = 'notNumber' | 'negative' | 'fraction' | 'tooManyDigits' | 'tooLarge'

export type TypedFigure =
  | { readonly ok: true; readonly value: number | null; readonly mark: FigureMark }
  | { readonly ok: false; readonly problem: FigureProblem }

const before: readonly (readonly [RegExp, FigureMark])[] = [
  [/^(约|近|~|≈)/, 'about'],
  [/^(≥|>=)/, 'atLeast'],
  [/^(≤|<=)/, 'atMost'],
  [/^(超过|超|>)/, 'over'],
  [/^(不足|<)/, 'under'],
]
const after: readonly (readonly [RegExp, FigureMark])[] = [
  [/(左右)$/, 'about'],
  [/(余|多)$/, 'over'],
  [/(以上)$/, 'atLeast'],
  [/(以内|以下)$/, 'atMost'],
]
const powers: Readonly<Record<string, number>> = { 千: 3, 万: 4, 亿: 8 }

function takeMark(text: string): { rest: string; mark: FigureMark } {
  for (const [pattern, mark] of before) if (pattern.test(text)) return { rest: text.replace(pattern, ''), mark }
  for (const [pattern, mark] of after) if (pattern.test(text)) return { rest: text.replace(pattern, ''), mark }
  return { rest: text, mark: 'exact' }
}

/**
 * Reads what a person types or pastes into a cell, as Excel, WPS and reports write it: full-width digits, thousands
 * separators, spaces, 万 and 亿, 约 余 以上 不足 or ~ > ≥ < ≤, a trailing %. Empty and dashes are missing, never 0.
 * The value is the stored integer: for scale 2, "84.94" is 8494. Nothing is rounded: too many decimals is a problem.
 */
export function readFigure(text: string, scale: number): TypedFigure {
  // NFKC turns full-width digits, signs and spaces into plain ones.
  const plain = text.normalize('NFKC').replace(/\s/gu, '')
  if (/^[-—–─]*$/.test(plain)) return { ok: true, value: null, mark: 'exact' }
  const marked = takeMark(plain)
  // 万余 and 余万 are both written.
  const unit = /[千万亿]$/.exec(marked.rest)?.[0]
  const inner = takeMark(unit ? marked.rest.slice(0, -1) : marked.rest)
  const mark = marked.mark === 'exact' ? inner.mark : marked.mark
  const digits = inner.rest.replace(/%$/, '')
  const match = /^([-−–+]?)((?:\d{1,3}(?:[,、]\d{3})+|\d+))(?:\.(\d*))?$/.exec(digits)
  if (!match) return { ok: false, problem: 'notNumber' }
  const [, sign = '', whole = '', fraction = ''] = match
  const power = scale + (unit ? (powers[unit] ?? 0) : 0)
  const significant = fraction.replace(/0+$/, '')
  if (significant.length > power) return { ok: false, problem: scale === 0 ? 'fraction' : 'tooManyDigits' }
  const value = BigInt(whole.replace(/[,、]/g, '') + significant.padEnd(power, '0'))
  if (value > 0n && sign !== '' && sign !== '+') return { ok: false, problem: 'negative' }
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) return { ok: false, problem: 'tooLarge' }
  return { ok: true, value: Number(value), mark }
}

const signs: Partial<Record<FigureMark, string>> = { about: '~', over: '>', atLeast: '≥', under: '<', atMost: '≤' }

/**
 * The figure as one types it: no separators, decimals only where there are any, the mark as a Chinese word or, for readers
 * of other languages, as a sign. `readFigure` reads both back.
 */
export function writeFigure(value: number | null, scale: number, mark: FigureMark = 'exact', locale: Locale = 'zh-CN'): string {
  if (value === null) return ''
  const digits = Math.abs(value).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = scale > 0 ? digits.slice(-scale).replace(/0+$/, '') : ''
  const number = `${value < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
  if (locale !== 'zh-CN') return `${signs[mark] ?? ''}${number}`
  switch (mark) {
    case 'exact':
    case 'range':
    case 'notCollected':
    case 'notApplicable':
    case 'withheld':
    case 'redacted':
      return number
    case 'about':
      return `约${number}`
    case 'over':
      return `${number}余`
    case 'atLeast':
      return `${number}以上`
    case 'under':
      return `不足${number}`
    case 'atMost':
      return `${number}以内`
  }
}
