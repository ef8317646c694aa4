import type { Finding } from './findings.ts'

export type CreditCodeVerdict =
  | { readonly ok: true; readonly value: string; readonly area: string; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly errors: readonly Finding[] }

/** GB 32100: no I, O, S, V, Z. */
const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** 3 to the power of 0 to 16, modulo 31. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const organisationSigns = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

/** Half-width, capital, without spaces and hyphens. */
export function foldCreditCode(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s-]/gu, '').toUpperCase()
}

/** The eighteenth sign that belongs to seventeen. */
export function findCreditCheck(code: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * signs.indexOf(code[index] ?? ''), 0)
  return signs[(31 - (sum % 31)) % 31] ?? ''
}

/** The ninth sign that belongs to the eight before it in the code of an organisation (GB 11714). */
export function findOrganisationCheck(code: string): string {
  const sum = organisationWeights.reduce(
    (total, weight, index) => total + weight * organisationSigns.indexOf(code[index] ?? ''),
    0,
  )
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

/**
 * A unified social credit code (GB 32100, handbook 13). The check sign of the organisation code inside it is only warned about: codes
 * were given to units whose older code never had a right one.
 */
export function checkCreditCode(text: string): CreditCodeVerdict {
  const value = foldCreditCode(text)
  const finding = (rule: string, params?: Finding['params']): Finding => ({
    rule: `creditCode.${rule}`,
    key: `organisation.creditCode.${rule}`,
    ...(params ? { params } : {}),
  })
  if (value.length !== 18) return { ok: false, errors: [finding('length', { length: value.length })] }
  const wrong = [...value].find((sign) => !signs.includes(sign))
  if (wrong !== undefined) return { ok: false, errors: [finding('signs', { sign: wrong })] }
  if (!/^\d{6}$/.test(value.slice(2, 8))) return { ok: false, errors: [finding('area')] }
  if (findCreditCheck(value) !== value[17]) return { ok: false, errors: [finding('check')] }
  const organisation = value.slice(8, 17)
  const warnings = findOrganisationCheck(organisation) === organisation[8] ? [] : [finding('organisation')]
  return { ok: true, value, area: value.slice(2, 8), warnings }
}
